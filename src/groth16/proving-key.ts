/**
 * What a prover needs of a proving key: points as zkeys store them, coordinates x·2^256 mod q, 32 bytes
 * little-endian; zeros for the point at infinity.
 */
export interface ProvingKeyParts {
  readonly wireCount: number;
  readonly publicCount: number;
  /** The domain has 2^domainPower elements. */
  readonly domainPower: number;
  readonly alpha1: Uint8Array;
  readonly beta1: Uint8Array;
  readonly beta2: Uint8Array;
  readonly delta1: Uint8Array;
  readonly delta2: Uint8Array;
  /** By wire. */
  readonly a: Uint8Array;
  readonly b1: Uint8Array;
  readonly b2: Uint8Array;
  /** By wire, those after the public signals. */
  readonly c: Uint8Array;
  /** By element of the domain. */
  readonly h: Uint8Array;
  /** 44 bytes a term: matrix u32 (0 = A, 1 = B), row u32, wire u32, value·2^512 mod r. */
  readonly coefficients: Uint8Array;
}
