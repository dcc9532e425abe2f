import { CUBE_ROOT_SQUARED } from '../Fq';

/** Coordinates of G2: Fq2. */
export * from '../Fq2';
export { squareRoot } from '../Fq2-square-root';

export const ELEMENT_BYTES: usize = 80;
/** Whether factors must come from mul or norm: products add their factors' parts here. */
export const IS_STRICT: bool = true;
/** λ·(x, y) = (this·x, y). */
export const ENDOMORPHISM: usize = CUBE_ROOT_SQUARED;
/** Bytes of a coordinate in files. */
export const STORED_BYTES: usize = 64;
