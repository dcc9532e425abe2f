import * as snarkjs from 'snarkjs';
import { expect } from 'vitest';
import { readUint256, viewOf, writeUint256 } from '../../src/groth16/bin-file.ts';
import type { Engine } from '../../src/groth16/engine/engine.ts';
import type { Blinding } from '../../src/groth16/engine/proof-run.ts';
import { type Groth16Proof, proofFromSnarkjs, proofToSnarkjs } from '../../src/groth16/proof.ts';
import { verifyProof } from '../../src/groth16/verify-proof.ts';
import { writeWitness } from '../../src/groth16/witness-file.ts';
import { readZkey, verificationKeyFromZkey } from '../../src/groth16/zkey.ts';

interface Curve {
  readonly Fr: { random(): Uint8Array; e(value: bigint): Uint8Array };
  terminate(): Promise<void>;
}

/** The curve that snarkjs keeps for all its proofs. */
const sharedCurve = (): Promise<Curve> =>
  (
    snarkjs as unknown as { curves: { getCurveFromName(name: string): Promise<Curve> } }
  ).curves.getCurveFromName('bn128');

/** snarkjs's proof with r and s given: it draws them, r first, from its curve. */
export async function referenceProof(
  zkey: Uint8Array,
  witness: Uint8Array,
  { r, s }: Blinding,
): Promise<Groth16Proof> {
  const { Fr } = await sharedCurve();
  const { random } = Fr;
  const draws = [r, s];
  Fr.random = () => {
    const next = draws.shift();
    if (next === undefined) throw new Error('snarkjs draws more than r and s');
    return Fr.e(next);
  };
  try {
    const { proof } = await snarkjs.groth16.prove(zkey, writeWitness(witness));
    if (draws.length > 0) throw new Error('snarkjs draws less than r and s');
    return proofFromSnarkjs(proof);
  } finally {
    Fr.random = random;
  }
}

/** Ends snarkjs's threads. */
export async function endReference(): Promise<void> {
  await (await sharedCurve()).terminate();
}

/** By our verifier and by stock snarkjs. */
export async function expectVerified(
  zkey: Uint8Array,
  witness: Uint8Array,
  proof: Groth16Proof,
): Promise<void> {
  const { publicCount, ...key } = readZkey(zkey);
  const view = viewOf(witness);
  const signals = Array.from({ length: publicCount }, (_, i) => readUint256(view, 32 * (i + 1)));
  expect(await verifyProof(key, signals, proof)).toBe(true);
  const json = verificationKeyFromZkey(zkey) as never;
  const theirs = proofToSnarkjs(proof) as never;
  expect(await snarkjs.groth16.verify(json, signals.map(String), theirs)).toBe(true);
}

export function witnessBytes(values: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(32 * values.length);
  for (const [i, value] of values.entries()) writeUint256(viewOf(bytes), 32 * i, value);
  return bytes;
}

/** The engine's proof is snarkjs's, point for point, and verifies. */
export async function expectReferenceProof(
  engine: Engine,
  zkey: Uint8Array,
  witness: Uint8Array,
  blinding: Blinding,
): Promise<void> {
  const proof = await engine.prove(witness, blinding);
  expect(proof).toEqual(await referenceProof(zkey, witness, blinding));
  await expectVerified(zkey, witness, proof);
}
