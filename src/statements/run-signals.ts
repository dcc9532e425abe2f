import { toFr } from '../core/field.ts';
import { poseidon } from '../core/poseidon.ts';
import { noRunProof, type Run, type RunKind, runInclusionProof } from '../ledger/runs.ts';
import type { Signals } from './define-statement.ts';

/** Dimensions of the inputs of the circuit component `RunBounds`, by prefix. */
export function runInputs<K extends RunKind>(kind: K): Record<string, number[]> {
  return {
    [`${kind}RunMask`]: [],
    [`${kind}RunFrom`]: [],
    [`${kind}RunTo`]: [],
    [`${kind}RunIndex`]: [],
    [`${kind}RunSiblings`]: [3, 3],
  };
}

/** Opens `run` (one of `runs`) to the circuit; undefined where no place is asked. */
export function runSignals(kind: RunKind, runs: readonly Run[], run: Run | undefined): Signals {
  const index = run === undefined ? 0 : runs.indexOf(run);
  const proof = run ? runInclusionProof(kind, runs, index, poseidon) : noRunProof(poseidon);
  return {
    [`${kind}RunMask`]: toFr(BigInt(run?.insuranceMask ?? 0)),
    [`${kind}RunFrom`]: toFr(BigInt(run?.from ?? 0)),
    [`${kind}RunTo`]: toFr(BigInt(run?.to ?? 0)),
    [`${kind}RunIndex`]: toFr(BigInt(index)),
    [`${kind}RunSiblings`]: proof.siblings,
  };
}
