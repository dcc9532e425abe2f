import { bytesToHex } from '@noble/hashes/utils.js';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { sha256Hex } from '../groth16/artifacts.ts';
import { readZkey } from '../groth16/zkey.ts';
import { readZkeyContributions, type ZkeyContribution } from '../groth16/zkey-contributions.ts';
import { contributionHash } from './contribution-proof.ts';
import { g1ToHex, g2ToHex } from './point-hex.ts';
import {
  type Attestation,
  type CeremonyCircuit,
  type CeremonySetup,
  type CeremonyStep,
  circuitOf,
  stepOf,
  type Transcript,
} from './transcript.ts';

/** A key's contributions in the form of a transcript, all but what only its state then would tell. */
export interface KeyHistory {
  readonly steps: readonly HistoryStep[];
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** delta in G2, as it stands. */
  readonly delta2: string;
  /** What no contribution changes. */
  readonly fixed: Pick<CeremonyCircuit, 'circuitHash' | 'alpha' | 'beta' | 'ic'>;
}

export interface HistoryStep extends Omit<CeremonyStep, 'delta2' | 'zkey'> {
  readonly name: string | undefined;
  readonly beacon: { readonly value: string; readonly iterations: number } | undefined;
}

/** @throws key.bad_file */
export function keyHistory(zkey: Uint8Array): KeyHistory {
  const { alpha, beta, delta, ic } = readZkey(zkey);
  const { circuitHash, contributions } = readZkeyContributions(zkey);
  return {
    steps: contributions.map(historyStep),
    sha256: sha256Hex(zkey),
    delta2: g2ToHex(delta),
    fixed: {
      circuitHash: bytesToHex(circuitHash),
      alpha: g1ToHex(alpha),
      beta: g2ToHex(beta),
      ic: ic.map(g1ToHex),
    },
  };
}

function historyStep({ name, beacon, ...points }: ZkeyContribution): HistoryStep {
  const step = {
    delta1: g1ToHex(points.delta1),
    g1s: g1ToHex(points.g1s),
    g1sx: g1ToHex(points.g1sx),
    g2spx: g2ToHex(points.g2spx),
    transcript: bytesToHex(points.transcript),
  };
  const hash = contributionHash(step);
  const value = beacon && { value: bytesToHex(beacon.value), iterations: beacon.iterations };
  return { ...step, hash, name, beacon: value };
}

/** What the last contribution to a key did. @throws RangeError where there is none */
export function lastStep({ steps, sha256, delta2 }: KeyHistory): CeremonyStep {
  const last = steps.at(-1);
  if (!last) throw new RangeError('no contribution');
  const { name: _, beacon: __, ...step } = last;
  return { ...step, delta2, zkey: sha256 };
}

/** What a statement begins with, by its r1cs and first key. @throws key.bad_file */
export function describeCircuit(r1cs: Uint8Array, zkey: Uint8Array): CeremonyCircuit {
  const { fixed, sha256 } = keyHistory(zkey);
  return { r1cs: sha256Hex(r1cs), zkey: sha256, ...fixed };
}

/**
 * Whether a key is the one that a transcript says it is: each contribution in it, in order, and the file.
 * @throws ceremony.other_circuit, ceremony.initial_differs, ceremony.rewritten, ceremony.zkey_differs, ceremony.attestation_differs
 */
export function assertCurrent(
  { setup, contributions }: Transcript,
  statement: string,
  history: KeyHistory,
): void {
  const circuit = circuitOf(setup, statement);
  const { fixed } = history;
  if (fixed.circuitHash !== circuit.circuitHash) {
    throw new CanbaoError('ceremony.other_circuit', { statement });
  }
  const isFixed =
    fixed.alpha === circuit.alpha &&
    fixed.beta === circuit.beta &&
    fixed.ic.join() === circuit.ic.join();
  if (!isFixed) throw new CanbaoError('ceremony.initial_differs', { statement });
  const { steps, sha256 } = history;
  if (steps.length !== contributions.length)
    throw new CanbaoError('ceremony.rewritten', { statement });
  for (const [i, attestation] of contributions.entries()) {
    const isLast = i === contributions.length - 1;
    const field = differingField(setup, attestation, stepOf(attestation, statement), steps[i]);
    if (field === undefined) continue;
    if (!isLast) throw new CanbaoError('ceremony.rewritten', { statement });
    throw new CanbaoError('ceremony.attestation_differs', { number: i + 1, statement, field });
  }
  const last = contributions.at(-1);
  const number = contributions.length;
  if (last && stepOf(last, statement).delta2 !== history.delta2) {
    throw new CanbaoError('ceremony.attestation_differs', { number, statement, field: 'delta2' });
  }
  const expected = last ? stepOf(last, statement) : circuit;
  if (sha256 !== expected.zkey) {
    throw new CanbaoError('ceremony.zkey_differs', { statement, number });
  }
}

const POINTS = ['delta1', 'g1s', 'g1sx', 'g2spx', 'transcript', 'hash'] as const;

function differingField(
  { beacon: { iterations } }: CeremonySetup,
  { name, beacon }: Attestation,
  attested: CeremonyStep,
  found: HistoryStep | undefined,
): string | undefined {
  const point = POINTS.find((field) => attested[field] !== found?.[field]);
  if (point) return point;
  if (found?.name !== name) return 'name';
  const expected = beacon && { value: beacon.value, iterations };
  const isBeacon =
    found.beacon?.value === expected?.value && found.beacon?.iterations === expected?.iterations;
  return isBeacon ? undefined : 'beacon';
}
