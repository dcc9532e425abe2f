/**
 * Working memory of this instance. Instances on several threads share one memory, and each is given a
 * part of its own; static data are constants, the same for all.
 */
let base: usize = 0;

/** @param at 16-byte aligned, SCRATCH_BYTES long */
export function setScratch(at: usize): void {
  base = at;
}

// @ts-ignore: decorator
@inline export function scratch(offset: usize): usize {
  return base + offset;
}

/** Bytes of an element, a pair, and points of G1 and G2 (affine x, y). */
export const ELEMENT: usize = 40;
export const PAIR: usize = 80;
export const G1_POINT: usize = 80;
export const G2_POINT: usize = 160;

/** Additions of one batch: one inversion for all of them. */
export const BATCH: u32 = 2048;

// Parts of the scratch memory.
export const TEMPORARIES: usize = 0; // 64 pairs
export const TABLE: usize = 64 * 80; // 16 pairs of G2
export const JOBS: usize = TABLE + 16 * 160; // destination, a, b: u32
export const DIFFERENCES: usize = JOBS + 12 * 2048;
export const PRODUCTS: usize = DIFFERENCES + 160 * 1024;
export const ASIDE: usize = PRODUCTS + 160 * 1024; // destination u32 (16 bytes), point
export const IDLE: usize = ASIDE + 2048 * 176; // the operands of idle jobs, and where their sums go
export const GATHERED: usize = IDLE + 8 * 80; // both operands of each job
export const SCRATCH_BYTES: usize = GATHERED + 2 * 2048 * 160;

/** The i-th temporary pair. */
// @ts-ignore: decorator
@inline export function temporary(i: usize): usize {
  return base + i * 80;
}
