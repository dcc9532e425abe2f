import * as snarkjs from 'snarkjs';
import { proofFromSnarkjs, proofToWords } from '../../src/groth16/proof.ts';
import { decodeVerificationKey, type VerificationKey } from '../../src/groth16/verification-key.ts';
import { tinyCircuit, tinyInputs } from './tiny-circuit.ts';

/** A real proof over the five public signals of every statement, as the contracts take it. */
export interface TinyProof {
  /** `bigint[8]` */
  readonly proof: readonly bigint[];
  /** nullifier, epochRoot, scope, requestHash, params */
  readonly signals: readonly [bigint, bigint, bigint, bigint, bigint];
}

/** Proves the tiny circuit with stock snarkjs: a few hundred milliseconds. */
export async function tinyProof(
  inputs: { readonly [K in keyof typeof tinyInputs]?: bigint } = {},
): Promise<TinyProof> {
  const { wasm, zkey } = await tinyCircuit();
  const { proof, publicSignals } = await snarkjs.groth16.fullProve(
    { ...tinyInputs, ...inputs },
    wasm,
    zkey,
  );
  const [nullifier, epochRoot, scope, requestHash, params] = publicSignals.map(BigInt);
  if (params === undefined) throw new Error('five public signals expected');
  return {
    proof: proofToWords(proofFromSnarkjs(proof)),
    signals: [nullifier, epochRoot, scope, requestHash, params] as TinyProof['signals'],
  };
}

/** The key of the tiny circuit. */
export async function tinyVerificationKey(): Promise<VerificationKey> {
  const { zkey } = await tinyCircuit();
  return decodeVerificationKey(await snarkjs.zKey.exportVerificationKey(zkey));
}
