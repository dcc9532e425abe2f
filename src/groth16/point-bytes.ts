/** Bytes of an affine point in a proving key: little-endian coordinates in Montgomery form. */
export const POINT_BYTES = { g1: 64, g2: 128 } as const;

export type GroupName = keyof typeof POINT_BYTES;
