/** The zkey as snarkjs writes it: an iden3 binary file of these sections. */
export const ZKEY = { magic: 'zkey', version: 1 } as const;

export const ZKEY_SECTION = {
  protocol: 1,
  header: 2,
  ic: 3,
  coefficients: 4,
  a: 5,
  b1: 6,
  b2: 7,
  c: 8,
  h: 9,
  contributions: 10,
} as const;

/** Matrix u32 (0 = A, 1 = B), row u32, wire u32, and the value times 2^512 mod r. */
export const COEFFICIENT_BYTES = 44;
