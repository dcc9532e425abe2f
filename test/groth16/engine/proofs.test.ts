import { bn254 } from '@noble/curves/bn254.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { developmentSetup } from '../../../src/groth16/development-setup.ts';
import { openEngine } from '../../../src/groth16/engine/engine.ts';
import { compileKernel } from '../../../src/groth16/engine/load-kernel.ts';
import { ThreadPool } from '../../../src/groth16/engine/thread-pool.ts';
import { provingKeyParts } from '../../../src/groth16/zkey.ts';
import { variantsHere } from '../../support/kernel-bench.ts';
import { seededRandom } from '../../support/random.ts';
import {
  endReference,
  expectReferenceProof,
  referenceProof,
  witnessBytes,
} from '../../support/reference-proof.ts';
import { logUniform, satisfiedR1cs } from '../../support/satisfied-r1cs.ts';

const r = bn254.fields.Fr.ORDER;
let pool: ThreadPool;
beforeAll(() => {
  pool = new ThreadPool(2);
});
afterAll(() => Promise.all([pool.end(), endReference()]));

describe.each([...Array(8).keys()])('random circuit %i', (number) => {
  const random = seededRandom(`random circuit ${number}`);

  test('proofs are those of snarkjs, point for point, and verify', async () => {
    const circuit = satisfiedR1cs(random, number < 2 ? number + 1 : logUniform(random, 300));
    const zkey = await developmentSetup(circuit.file, { randomness: random.bytes });
    const witness = witnessBytes(circuit.witness);
    const variant = variantsHere[number % variantsHere.length] ?? 'limbs';
    const engine = await openEngine(
      provingKeyParts(zkey),
      await compileKernel(variant),
      number % 3 === 0 ? pool : undefined,
      number % 4 < 2,
    );
    await expectReferenceProof(engine, zkey, witness, { r: random.fr(), s: random.fr() });
    // Once more in the same memory, with r and s at their edges.
    const edges = { r: 1n, s: r - 1n };
    expect(await engine.prove(witness, edges)).toEqual(await referenceProof(zkey, witness, edges));
    await engine.close();
  });
});
