import { grainGenConstants } from '@noble/curves/abstract/poseidon.js';
import { bn254 } from '@noble/curves/bn254.js';
import { inverseMatrix, type Matrix, matrixProduct, matrixTimes, timesMatrix } from './matrix.ts';

const { Fr } = bn254.fields;

const FULL_ROUNDS = 8;
/** By number of inputs less one: circomlib's, from table 2 of the Poseidon paper, rounded up. */
const PARTIAL_ROUNDS = [56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65, 70, 60, 64, 68] as const;

/** Most inputs there are parameters for. */
export const MAX_INPUTS = PARTIAL_ROUNDS.length;

/** What the kernel hashes messages of one length with. */
export interface PoseidonConstants {
  /** Inputs and one. */
  readonly width: number;
  readonly partialRounds: number;
  /** Partial rounds in one block of the kernel. */
  readonly block: number;
  /** Elements in the order the kernel reads them. */
  readonly stream: readonly bigint[];
}

/**
 * Circomlib's constants, from the Grain generator of the Poseidon paper, arranged for the kernel.
 *
 * A partial round maps (s0, s) to (m·x + v·s, w·x + N·s), x = (s0 + c)^5; constants of s move on
 * through the matrix to the round after. With s = N^(k − K)·u before round k of K, u only gains
 * N^(K − 1 − k)·w·x in it, and s0 becomes m·x + v·N^(k − K)·u. Within a block u stays as it was at
 * the block's start and what earlier x of the block would have added is v·N^(d − 1)·w times the x of
 * d rounds ago. N^K goes into the matrix of the full round before.
 *
 * Order: constants of four full rounds, their matrix, the matrix of the last of them; blocks; constants
 * of four full rounds. A block: for each round c, then m and the factors of earlier x (latest
 * first), then v·N^(k − K); for each element of u its gain from each x (latest first).
 * @param inputs 1 … 16
 */
export function poseidonConstants(inputs: number, block = blockFor(inputs)): PoseidonConstants {
  const partialRounds = PARTIAL_ROUNDS[inputs - 1];
  if (partialRounds === undefined) throw new RangeError(`Poseidon of ${inputs} inputs`);
  const width = inputs + 1;
  const { roundConstants, mds } = grainGenConstants({
    ...{ Fp: Fr, t: width, sboxPower: 5 },
    ...{ roundsFull: FULL_ROUNDS, roundsPartial: partialRounds },
  });
  const half = FULL_ROUNDS / 2;
  const partial = movedOn(roundConstants.slice(half, half + partialRounds + 1), mds);
  const { rounds, last } = sparseRounds(mds, partialRounds);
  const stream = [
    ...roundConstants.slice(0, half).flat(),
    ...mds.flat(),
    ...last.flat(),
    ...blocks(rounds, partial.first, block),
    ...partial.next,
    ...roundConstants.slice(half + partialRounds + 1).flat(),
  ];
  return { width, partialRounds, block, stream };
}

/**
 * Longer blocks save reductions of u and cost products of earlier x: measured. Beyond 12 inputs the
 * sums of longer ones would not fit.
 */
function blockFor(inputs: number): number {
  return inputs > 3 && inputs <= 12 ? 6 : 4;
}

/** Constants of partial rounds for s0 alone, and what the full round after them adds. */
function movedOn(constants: Matrix, mds: Matrix): { first: bigint[]; next: readonly bigint[] } {
  let moved: readonly bigint[] = mds.map(() => 0n);
  const first: bigint[] = [];
  for (const row of constants.slice(0, -1)) {
    const [head = 0n, ...rest] = row.map((c, i) => Fr.add(c, moved[i] ?? 0n));
    first.push(head);
    moved = matrixTimes(mds, [0n, ...rest]);
  }
  return { first, next: (constants.at(-1) ?? []).map((c, i) => Fr.add(c, moved[i] ?? 0n)) };
}

interface SparseRounds {
  /** `m`, then `v·N^(d − 1)·w` for d = 1, 2, …. */
  readonly echo: readonly bigint[];
  /** `v·N^(k − K)` by round. */
  readonly fromRest: readonly (readonly bigint[])[];
  /** `N^(K − 1 − k)·w` by round. */
  readonly toRest: readonly (readonly bigint[])[];
}

function sparseRounds(mds: Matrix, count: number): { rounds: SparseRounds; last: Matrix } {
  const [top = [], ...below] = mds;
  const [m = 0n, ...v] = top;
  const w = below.map((row) => row[0] ?? 0n);
  const n = below.map((row) => row.slice(1));
  const inverse = inverseMatrix(n);
  const fromRest: (readonly bigint[])[] = [];
  const toRest: (readonly bigint[])[] = [];
  let row: readonly bigint[] = v;
  let column: readonly bigint[] = w;
  for (let k = 0; k < count; k++) {
    row = timesMatrix(row, inverse);
    fromRest.unshift(row);
    toRest.unshift(column);
    column = matrixTimes(n, column);
  }
  const echo = [m, ...toRest.toReversed().map((column) => matrixTimes([v], column)[0] ?? 0n)];
  let rest: Matrix = below;
  for (let k = 0; k < count; k++) rest = matrixProduct(n, rest);
  return { rounds: { echo, fromRest, toRest }, last: [top, ...rest] };
}

function blocks({ echo, fromRest, toRest }: SparseRounds, first: bigint[], block: number) {
  const stream: bigint[] = [];
  for (let start = 0; start < first.length; start += block) {
    const end = Math.min(start + block, first.length);
    for (let k = start; k < end; k++) {
      stream.push(first[k] ?? 0n, ...echo.slice(0, k - start + 1), ...(fromRest[k] ?? []));
    }
    const gains = toRest.slice(start, end).toReversed();
    for (const i of toRest[0]?.keys() ?? []) stream.push(...gains.map((gain) => gain[i] ?? 0n));
  }
  return stream;
}
