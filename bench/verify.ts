import * as snarkjs from 'snarkjs';
import { noblePairing } from '../src/groth16/pairing/noble-pairing.ts';
import { proofFromWords, proofToSnarkjs } from '../src/groth16/proof.ts';
import { holdsAlone, verifyProof } from '../src/groth16/verify-proof.ts';
import { verificationKeyFromZkey } from '../src/groth16/zkey.ts';
import { seededRandom } from '../test/support/random.ts';
import { tinyCircuit } from '../test/support/tiny-circuit.ts';
import { tinyProof, tinyVerificationKey } from '../test/support/tiny-proof.ts';
import { measure, type Timing, timesFaster } from './timing.ts';

/**
 * `npm run bench -- verify`: one proof of five public signals of full size, warm, against
 * snarkjs's `groth16.verify` in the same run. Ours checks the subgroup of B, snarkjs does not.
 */
export interface VerifyFigures {
  readonly snarkjs: Timing;
  readonly own: Timing;
  /** Where WebAssembly is missing. */
  readonly noble: Timing;
  readonly fasterByWall: number;
  readonly fasterByCpu: number;
}

const ROUNDS = 50;

export async function measureVerify(): Promise<VerifyFigures> {
  const { key, signals, proof, peer } = await realProof('bench verify');
  const claim = { key, signals, proof };
  const timings = await measure(ROUNDS, {
    snarkjs: () => snarkjs.groth16.verify(peer.key as never, peer.signals, peer.proof as never),
    own: () => verifyProof(key, signals, proof),
  });
  const { noble } = await measure(10, { noble: () => holdsAlone(claim, noblePairing) });
  return { ...timings, noble, ...timesFaster(timings.snarkjs, timings.own) };
}

/** A proof with inputs of full size, for us and as snarkjs takes it. */
export async function realProof(seed: string) {
  const random = seededRandom(seed);
  const made = await tinyProof({
    ...{ secret: random.fr(), epochRoot: random.fr(), scope: random.fr() },
    ...{ requestHash: random.fr(), params: random.fr() },
  });
  const proof = proofFromWords(made.proof);
  const peer = {
    key: verificationKeyFromZkey((await tinyCircuit()).zkey),
    signals: made.signals.map(String),
    proof: proofToSnarkjs(proof),
  };
  return { key: await tinyVerificationKey(), signals: made.signals, proof, peer };
}

export async function run(args: readonly string[]): Promise<VerifyFigures> {
  const figures = await measureVerify();
  if (!args.includes('--json')) {
    const line = ({ wallMs, cpuMs }: Timing) =>
      `${wallMs.toFixed(2)} ms, CPU ${cpuMs.toFixed(2)} ms`;
    console.log(`one proof, medians of ${ROUNDS}, warm`);
    console.log(`  snarkjs          ${line(figures.snarkjs)}`);
    console.log(`  own              ${line(figures.own)}`);
    console.log(`  own, noble       ${line(figures.noble)}`);
    console.log(
      `  faster than snarkjs ${figures.fasterByWall.toFixed(1)} ×, by CPU ${figures.fasterByCpu.toFixed(1)} ×`,
    );
  }
  return figures;
}
