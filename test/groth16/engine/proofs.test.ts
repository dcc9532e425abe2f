import { bn254 } from '@noble/curves/bn254.js';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { developmentSetup } from '../../../src/groth16/development-setup.ts';
import { openEngine } from '../../../src/groth16/engine/engine.ts';
import { compileKernel } from '../../../src/groth16/engine/load-kernel.ts';
import { ThreadPool } from '../../../src/groth16/engine/thread-pool.ts';
import { provingKeyParts } from '../../../src/groth16/zkey.ts';
import { variantsHere } from '../../support/kernel-bench.ts';
import { seededRandom } from '../../support/random.ts';
import { endReference, expectReferenceProof, witnessBytes } from '../../support/reference-proof.ts';
import { logUniform, satisfiedR1cs } from '../../support/satisfied-r1cs.ts';

const r = bn254.fields.Fr.ORDER;
let pool: ThreadPool;
beforeAll(() => {
  pool = new ThreadPool(2);
});
afterAll(() => Promise.all([pool.end(), endReference()]));

describe.each([...Array(12).keys()])('random circuit %i', (number) => {
  const random = seededRandom(`random circuit ${number}`);

  test('proofs are those of snarkjs, point for point, and verify', async () => {
    const circuit = satisfiedR1cs(random, number < 2 ? number + 1 : logUniform(random, 400));
    const zkey = await developmentSetup(circuit.file, { randomness: random.bytes });
    const witness = witnessBytes(circuit.witness);
    const variant = variantsHere[number % variantsHere.length] ?? 'limbs';
    const engine = await openEngine(
      provingKeyParts(zkey),
      await compileKernel(variant),
      number % 3 === 0 ? pool : undefined,
      number % 4 < 2,
    );
    // One after another in the same memory, also with r and s at their edges.
    for (const blinding of [
      { r: random.fr(), s: random.fr() },
      { r: 1n, s: r - 1n },
      { r: r - 1n, s: 1n },
    ]) {
      await expectReferenceProof(engine, zkey, witness, blinding);
    }
    await engine.close();
  });
});
