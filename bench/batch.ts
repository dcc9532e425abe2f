import { bn254 } from '@noble/curves/bn254.js';
import * as snarkjs from 'snarkjs';
import { systemRandom } from '../src/core/random.ts';
import type { ProofClaim } from '../src/groth16/pairing/pairing.ts';
import { toG1Point, toG2Point } from '../src/groth16/points.ts';
import { verifyBatch } from '../src/groth16/verify-batch.ts';
import { toG2 } from '../test/support/twist-points.ts';
import { measure, type Timing, timesFaster } from './timing.ts';
import { realProof } from './verify.ts';

/**
 * `npm run bench -- batch`: many proofs checked at once, per proof, against snarkjs's
 * `groth16.verify` in the same run, which checks one.
 */
export interface BatchFigures {
  readonly size: number;
  readonly snarkjs: Timing;
  /** Per proof of a batch in which all hold. */
  readonly allGood: Timing;
  /** Per proof of a batch in which one does not hold, and is found. */
  readonly oneBad: Timing;
  readonly fasterByWall: number;
  readonly fasterByCpu: number;
  readonly oneBadFasterByWall: number;
}

const SIZE = 100;
const ROUNDS = 11;

export async function measureBatch(): Promise<BatchFigures> {
  const { peer, ...claim } = await realProof('bench batch');
  const claims = Array.from({ length: SIZE }, (_, i) => rerandomised(claim, BigInt(i + 2)));
  const spoilt = claims.map((of, i) =>
    i === 37 ? { ...of, signals: of.signals.toReversed() } : of,
  );
  const wrong = (answers: readonly boolean[]) => answers.filter((holds) => !holds).length;
  const counts = [
    wrong(await verifyBatch(claims, systemRandom)),
    wrong(await verifyBatch(spoilt, systemRandom)),
  ];
  if (counts[0] !== 0 || counts[1] !== 1) throw new Error(`wrong answers: ${counts}`);
  const timings = await measure(ROUNDS, {
    snarkjs: () => snarkjs.groth16.verify(peer.key as never, peer.signals, peer.proof as never),
    allGood: () => verifyBatch(claims, systemRandom),
    oneBad: () => verifyBatch(spoilt, systemRandom),
  });
  const [allGood, oneBad] = [perProof(timings.allGood), perProof(timings.oneBad)];
  return {
    size: SIZE,
    ...{ snarkjs: timings.snarkjs, allGood, oneBad },
    ...timesFaster(timings.snarkjs, allGood),
    oneBadFasterByWall: timesFaster(timings.snarkjs, oneBad).fasterByWall,
  };
}

/** Another proof of the same: `(sA, s⁻¹B, C)`. */
function rerandomised({ key, signals, proof }: ProofClaim, s: bigint): ProofClaim {
  const { x, y } = toG1Point(proof.a).multiply(s).toAffine();
  const b = toG2(toG2Point(proof.b).multiply(bn254.fields.Fr.inv(s)));
  return { key, signals, proof: { a: [x, y], b, c: proof.c } };
}

function perProof({ wallMs, cpuMs }: Timing): Timing {
  return { wallMs: wallMs / SIZE, cpuMs: cpuMs / SIZE };
}

export async function run(args: readonly string[]): Promise<BatchFigures> {
  const figures = await measureBatch();
  if (!args.includes('--json')) {
    const line = ({ wallMs, cpuMs }: Timing) =>
      `${wallMs.toFixed(2)} ms, CPU ${cpuMs.toFixed(2)} ms`;
    console.log(`a batch of ${SIZE}, per proof, medians of ${ROUNDS}, warm`);
    console.log(`  snarkjs, one     ${line(figures.snarkjs)}`);
    console.log(`  all hold         ${line(figures.allGood)}`);
    console.log(`  one does not     ${line(figures.oneBad)}`);
    console.log(
      `  faster than snarkjs ${figures.fasterByWall.toFixed(1)} ×, by CPU ${figures.fasterByCpu.toFixed(1)} ×; with a bad one ${figures.oneBadFasterByWall.toFixed(1)} ×`,
    );
  }
  return figures;
}
