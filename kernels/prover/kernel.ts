/** The prover's kernel: what the host calls. Addresses are bytes, 16-byte aligned unless said. */
export { setScratch } from './scratch';
export { recode, sortDigits } from './digits';
export { recodeSplit } from './split';
export {
  multiplyPairs, pairUp, pairUpReversed, powers, transformDown, transformUp, writeQuotient,
} from './fft';
export { evaluateRows, importScalars, sortTerms } from './coefficients';
export { fillTable as fillTable1 } from './g1/table';
export { fillTable as fillTable2 } from './g2/table';
export { importPoints as importPoints1, mapPoints as mapPoints1 } from './g1/points';
export { importPoints as importPoints2, mapPoints as mapPoints2 } from './g2/points';
export { decompressPoints as decompressPoints1 } from './g1/decompress';
export { decompressPoints as decompressPoints2 } from './g2/decompress';
export { sumLists as sumLists1 } from './g1/lists';
export { sumLists as sumLists2 } from './g2/lists';
export {
  listPowers as listPowers1, listRowsAndColumns as listRowsAndColumns1, sumPowers as sumPowers1,
} from './g1/buckets';
export {
  listPowers as listPowers2, listRowsAndColumns as listRowsAndColumns2, sumPowers as sumPowers2,
} from './g2/buckets';
export {
  addPoints as addPoints1, scalePoint as scalePoint1, writeAffine as writeAffine1,
} from './g1/complete';
export { writeAffine as writeAffine2 } from './g2/complete';

import * as Fq from './Fq';
import * as Fr from './Fr';
import { SCRATCH_BYTES } from './scratch';

/** Bytes each instance needs for itself. */
export function scratchBytes(): usize {
  return SCRATCH_BYTES;
}

/** Where shared memory is free from: static data end here. */
export function heapBase(): usize {
  return __heap_base;
}

/** Pairs of constants of Fr. */
export function scalarOne(): usize {
  return Fr.ONE;
}
export function scalarFromInteger(): usize {
  return Fr.FROM_INTEGER;
}

export function scalarFromCoefficient(): usize {
  return Fr.FROM_COEFFICIENT;
}

/** One product of integers of 32 bytes a, b in Fq, in both places of a pair: a·b at dst and at dst + 32. For tests. */
export function multiplyFq(dst: usize, a: usize, b: usize, work: usize): void {
  Fq.split(work, a, b);
  Fq.mul(work, work, Fq.FROM_INTEGER);
  Fq.split(work + 80, b, a);
  Fq.mul(work + 80, work + 80, Fq.FROM_INTEGER);
  Fq.mul(work, work, work + 80);
  Fq.mul(work, work, Fq.TO_INTEGER);
  Fq.norm(work, work);
  Fq.join(dst, dst + 32, work);
}
