import { afterAll, expect, test } from 'vitest';
import { developmentSetup } from '../../../src/groth16/development-setup.ts';
import { openEngine } from '../../../src/groth16/engine/engine.ts';
import { compileKernel } from '../../../src/groth16/engine/load-kernel.ts';
import { ThreadPool } from '../../../src/groth16/engine/thread-pool.ts';
import { provingKeyParts } from '../../../src/groth16/zkey.ts';
import { variantsHere } from '../../support/kernel-bench.ts';
import { seededRandom } from '../../support/random.ts';
import { endReference, expectReferenceProof, witnessBytes } from '../../support/reference-proof.ts';
import { logUniform, satisfiedR1cs } from '../../support/satisfied-r1cs.ts';

const pool = new ThreadPool(2);
afterAll(() => Promise.all([pool.end(), endReference()]));

// Kernel, tables and threads in all combinations, one after another.
test.each([...Array(200).keys()])('random circuit %i of up to 5000 rows', async (number) => {
  const random = seededRandom(`long random circuit ${number}`);
  const circuit = satisfiedR1cs(random, logUniform(random, 5000));
  const zkey = await developmentSetup(circuit.file, { randomness: random.bytes });
  const engine = await openEngine(
    provingKeyParts(zkey),
    await compileKernel(variantsHere[number % variantsHere.length] ?? 'limbs'),
    number & 2 ? pool : undefined,
    (number & 4) !== 0,
  );
  expect(engine.wireCount).toBe(circuit.witness.length);
  const blinding = { r: random.fr(), s: random.fr() };
  await expectReferenceProof(engine, zkey, witnessBytes(circuit.witness), blinding);
  await engine.close();
});
