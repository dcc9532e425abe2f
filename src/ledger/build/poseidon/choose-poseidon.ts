import { FIELD_ORDER, toFr } from '../../../core/field.ts';
import { hashMany } from '../../../core/hash-many.ts';
import { poseidon } from '../../../core/poseidon.ts';
import type { KernelVariant } from '../../../groth16/engine/load-kernel.ts';
import { type PoseidonBatch, poseidonBatch } from './poseidon-batch.ts';
import { loadPoseidonKernel } from './poseidon-kernel.ts';

const VARIANTS: readonly KernelVariant[] = ['fma', 'limbs'];

/**
 * The fastest kernel that hashes rightly here: an engine may lack relaxed SIMD, or round between
 * multiplication and addition.
 * @returns undefined where none does
 */
export async function choosePoseidon(): Promise<PoseidonBatch | undefined> {
  for (const variant of VARIANTS) {
    const kernel = await loadPoseidonKernel(variant);
    const batch = kernel && poseidonBatch(kernel);
    if (batch && isRight(batch)) return batch;
  }
  return undefined;
}

/** Compares with the plain one, on two lanes. */
function isRight(batch: PoseidonBatch): boolean {
  const messages = [0n, 1n, FIELD_ORDER - 1n, FIELD_ORDER / 3n].map((value) => toFr(value));
  const hashes = batch.hashMany(messages, 2);
  return hashMany(messages, 2, poseidon).every((hash, i) => hash === hashes[i]);
}
