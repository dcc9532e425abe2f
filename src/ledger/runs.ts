import type { Fr } from '../core/field.ts';
import { toFr } from '../core/field.ts';
import type { MonthIndex } from '../core/month.ts';
import { packWord } from '../core/packed-word.ts';
import type { Poseidon } from '../core/poseidon.ts';
import { EMPTY_LEAF, type InclusionProof, inclusionProof, treeLevels, treeRoot } from './tree.ts';

/**
 * Months [from, to] in which every paid month of each insurance in `insuranceMask` was paid in
 * one region, or by one employer. Unpaid months may lie between; a paid month elsewhere ends the run.
 */
export interface Run {
  /** City (see `cityOf`) or packed credit code. */
  readonly place: bigint;
  /** Bit i: holds for insurance i. At least one bit. */
  readonly insuranceMask: number;
  readonly from: MonthIndex;
  readonly to: MonthIndex;
}

/** 4-ary tree of depth 3. */
export const RUNS_DEPTH = 3;
export const MAX_RUNS = 64;

/** `place | insuranceMask`: the value of a run leaf, by kind of run. */
export const runValueLayouts = {
  region: { region: 20, insuranceMask: 5 },
  employer: { employer: 90, insuranceMask: 5 },
} as const;

export type RunKind = keyof typeof runValueLayouts;

/** @throws core.out_of_range */
function runValue(kind: RunKind, run: Run): Fr {
  const insuranceMask = BigInt(run.insuranceMask);
  return kind === 'region'
    ? packWord(runValueLayouts.region, { region: run.place, insuranceMask })
    : packWord(runValueLayouts.employer, { employer: run.place, insuranceMask });
}

/** `(value, from, to)`: what is hashed of a run. */
export function runMessage(kind: RunKind, run: Run): Fr[] {
  return [runValue(kind, run), toFr(BigInt(run.from)), toFr(BigInt(run.to))];
}

/** `Poseidon(value, from, to)`. */
function runLeaf(kind: RunKind, run: Run, hash: Poseidon): Fr {
  return hash(runMessage(kind, run));
}

/** @throws ledger.tree_full above 64 runs */
export function runsRoot(kind: RunKind, runs: readonly Run[], hash: Poseidon): Fr {
  return treeRoot(
    runs.map((run) => runLeaf(kind, run, hash)),
    RUNS_DEPTH,
    hash,
  );
}

/** Siblings `Fr[3][3]` of the run at `index`. */
export function runInclusionProof(
  kind: RunKind,
  runs: readonly Run[],
  index: number,
  hash: Poseidon,
): InclusionProof {
  const leaves = runs.map((run) => runLeaf(kind, run, hash));
  return inclusionProof(treeLevels(leaves, RUNS_DEPTH, hash), index, hash);
}

/** Siblings of an empty tree, where a circuit wants a run that nobody asked about. */
export function noRunProof(hash: Poseidon): InclusionProof {
  return inclusionProof(treeLevels([EMPTY_LEAF], RUNS_DEPTH, hash), 0, hash);
}
