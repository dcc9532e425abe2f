import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { KeyStatus } from '../groth16/manifest.ts';
import { type G1, G2_GENERATOR, isG1, isG2 } from '../groth16/points.ts';
import {
  assertSafeKey,
  type VerificationKey,
  verificationKeyHash,
} from '../groth16/verification-key.ts';
import { isSignatureGood } from './attestation.ts';
import { canonicalHash } from './canonical-hash.ts';
import {
  type ContributionProofs,
  contributionHash,
  contributionProofs,
  expectedTranscript,
} from './contribution-proof.ts';
import { g1FromHex, g1ToHex, g2FromHex } from './point-hex.ts';
import { PUBLISHED_PHASE1 } from './published-phase1.ts';
import {
  type Attestation,
  type CeremonyCircuit,
  type CeremonyStep,
  circuitOf,
  headOf,
  isClosed,
  participants,
  stepOf,
  type Transcript,
} from './transcript.ts';

/** What delta begins as. */
const G1_GENERATOR: G1 = [1n, 2n];

/** What a transcript comes to, once all of it held. */
export interface CheckedTranscript {
  /** `ceremony` where phase 1 was published, enough people contributed, and the beacon came last. */
  readonly status: KeyStatus;
  /** Contributions by people. */
  readonly participants: number;
  readonly isClosed: boolean;
  readonly head: string;
  /** By statement, of the key as it stands. */
  readonly vkeyHashes: Readonly<Record<string, `0x${string}`>>;
}

/**
 * Checks all that a transcript alone can show: the chain of attestations and their signatures, the
 * proof behind each contribution, that delta is theirs and no other, the beacon. Not that the first
 * key follows from circuit and phase 1, nor that the last key file is that of the transcript: see
 * `verifyCeremony`.
 * @throws ceremony.phase1_unknown, ceremony.broken_chain, ceremony.bad_signature,
 * ceremony.contributed_before, ceremony.closed, ceremony.attestation_differs, ceremony.no_proof,
 * ceremony.unchanged, ceremony.beacon_differs, ceremony.bad_file, key.unsafe
 */
export async function checkTranscript(
  transcript: Transcript,
  onProgress: (share: number) => void = () => {},
): Promise<CheckedTranscript> {
  const { setup, contributions } = transcript;
  const { kind, power, blake2b } = setup.phase1;
  if (kind === 'published' && PUBLISHED_PHASE1.get(power) !== blake2b) {
    throw new CanbaoError('ceremony.phase1_unknown', { blake2b });
  }
  checkChain(transcript);

  const proofs = await contributionProofs();
  const vkeyHashes: Record<string, `0x${string}`> = {};
  const statements = Object.keys(setup.statements);
  const total = Math.max(1, statements.length * contributions.length);
  let done = 0;
  for (const statement of statements) {
    const key = await checkSteps(statement, transcript, proofs, async () => {
      onProgress(++done / total);
      await new Promise((resolve) => setTimeout(resolve)); // a page stays alive
    });
    vkeyHashes[statement] = verificationKeyHash(key);
  }
  const people = participants(transcript).length;
  const isWhole = kind === 'published' && people >= setup.required && isClosed(transcript);
  return {
    status: isWhole ? 'ceremony' : 'development',
    participants: people,
    isClosed: isClosed(transcript),
    head: headOf(transcript),
    vkeyHashes,
  };
}

/** Each attestation after the one it names, by somebody new, nothing after the beacon. */
function checkChain({ setup, contributions }: Transcript): void {
  const names = Object.keys(setup.statements).sort().join();
  const seen = new Set<string>();
  let previous = canonicalHash(setup);
  for (const [i, attestation] of contributions.entries()) {
    const number = i + 1;
    if (contributions[i - 1]?.beacon) throw new CanbaoError('ceremony.closed');
    if (attestation.number !== number || attestation.previous !== previous) {
      throw new CanbaoError('ceremony.broken_chain', { number });
    }
    if (!isSignatureGood(attestation)) throw new CanbaoError('ceremony.bad_signature', { number });
    if (Object.keys(attestation.statements).sort().join() !== names) {
      const facts = { number, statement: names, field: 'statements' };
      throw new CanbaoError('ceremony.attestation_differs', facts);
    }
    if (!attestation.beacon) assertNew(attestation, seen);
    previous = canonicalHash(attestation);
  }
}

/** A name, or a signer's key, once: whoever comes again adds no safety. */
function assertNew({ name, signer }: Attestation, seen: Set<string>): void {
  for (const mark of [`name ${folded(name)}`, ...(signer ? [signer] : [])]) {
    if (seen.has(mark)) throw new CanbaoError('ceremony.contributed_before', { who: name });
    seen.add(mark);
  }
}

/** Whether people would take one name for the other. */
export function isSameName(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** @returns the verification key with all of them in it */
async function checkSteps(
  statement: string,
  { setup, contributions }: Transcript,
  proofs: ContributionProofs,
  onStep: () => Promise<void>,
): Promise<VerificationKey> {
  const circuit = circuitOf(setup, statement);
  let key = keyOf(circuit, G2_GENERATOR);
  const { alpha, beta, ic } = key;
  if (![alpha, ...ic].every(isG1) || !isG2(beta)) {
    throw new CanbaoError('ceremony.bad_file', { file: statement, reason: 'not a point' });
  }
  const before: CeremonyStep[] = [];
  for (const attestation of contributions) {
    const step = stepOf(attestation, statement);
    const check = { statement, circuit, number: attestation.number, step, before, proofs };
    await checkStep(check);
    if (attestation.beacon) checkBeacon(check, attestation.beacon.value, setup.beacon.iterations);
    key = keyOf(circuit, g2FromHex(step.delta2));
    assertSafeKey(key, statement);
    before.push(step);
    await onStep();
  }
  return key;
}

interface StepCheck {
  readonly statement: string;
  readonly circuit: CeremonyCircuit;
  readonly number: number;
  readonly step: CeremonyStep;
  readonly before: readonly CeremonyStep[];
  readonly proofs: ContributionProofs;
}

async function checkStep({ statement, circuit, number, step, before, proofs }: StepCheck) {
  // The curve library takes any coordinates for a point; snarkjs does so, too.
  const arePoints =
    [step.delta1, step.g1s, step.g1sx].map(g1FromHex).every(isG1) &&
    [step.delta2, step.g2spx].map(g2FromHex).every(isG2);
  if (!arePoints) throw new CanbaoError('ceremony.no_proof', { number, statement });
  const delta = before.at(-1)?.delta1 ?? g1ToHex(G1_GENERATOR);
  if (step.delta1 === delta) throw new CanbaoError('ceremony.unchanged', { number, statement });
  if (contributionHash(step) !== step.hash) {
    throw new CanbaoError('ceremony.attestation_differs', { number, statement, field: 'hash' });
  }
  const holds =
    expectedTranscript(circuit.circuitHash, before, step) === step.transcript &&
    (await proofs.isProven(step)) &&
    (await proofs.isApplied(delta, step)) &&
    (await proofs.isSame(step));
  if (!holds) throw new CanbaoError('ceremony.no_proof', { number, statement });
}

function checkBeacon({ step, proofs }: StepCheck, value: string, iterations: number): void {
  const [g1s, g1sx] = proofs.beaconPoints(value, iterations);
  if (!proofs.isPoint(step.g1s, g1s) || !proofs.isPoint(step.g1sx, g1sx)) {
    throw new CanbaoError('ceremony.beacon_differs', { reason: 'another secret' });
  }
}

function keyOf(circuit: CeremonyCircuit, delta: VerificationKey['delta']): VerificationKey {
  return {
    alpha: g1FromHex(circuit.alpha),
    beta: g2FromHex(circuit.beta),
    gamma: G2_GENERATOR,
    delta,
    ic: circuit.ic.map(g1FromHex),
  };
}
