import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holderKeys } from '../../../scripts/soundness/honest/holders.ts';
import type { HonestCase } from '../../../scripts/soundness/honest/honest-case.ts';
import { honestCases } from '../../../scripts/soundness/honest/honest-cases.ts';
import { openEngine } from '../../../src/groth16/engine/engine.ts';
import { compileKernel } from '../../../src/groth16/engine/load-kernel.ts';
import { ThreadPool } from '../../../src/groth16/engine/thread-pool.ts';
import { loadWitness } from '../../../src/groth16/witness/load-witness.ts';
import { provingKeyParts } from '../../../src/groth16/zkey.ts';
import { openKeyStore, type StatementKeys } from '../../../src/keys/key-store.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { variantsHere } from '../../support/kernel-bench.ts';
import { seededRandom } from '../../support/random.ts';
import { endReference, expectReferenceProof } from '../../support/reference-proof.ts';

const keyStore = openKeyStore({ production: false });
const pool = new ThreadPool(2);
afterAll(() => Promise.all([pool.end(), endReference()]));

const engines = variantsHere.flatMap((variant) => [
  { variant, hasTables: false, threads: undefined },
  { variant, hasTables: true, threads: pool },
]);

describe.each(statementRegistry.all().map((statement) => ({ name: statement.name, statement })))(
  '$name: honest proofs are those of snarkjs, point for point, and verify',
  ({ name, statement }) => {
    const random = seededRandom(`proofs of ${name}`);
    let keys: StatementKeys;
    let cases: HonestCase[];
    beforeAll(async () => {
      keys = await keyStore.get(name);
      const tools = { holders: holderKeys('proofs'), hash: await wasmPoseidon() };
      const counts = { vectors: 1, extremes: 1, corners: 1, walks: 1 };
      cases = honestCases(statement, counts, random, tools);
    }, 240_000);

    test.each(engines)('$variant, tables: $hasTables', async ({ variant, hasTables, threads }) => {
      const program = await loadWitness(keys.artifacts);
      const { zkey } = await keys.snarkjsFiles();
      const kernel = await compileKernel(variant);
      const engine = await openEngine(provingKeyParts(zkey), kernel, threads, hasTables);
      expect(cases.length).toBeGreaterThan(2);
      for (const { inputs } of cases) {
        const blinding = { r: random.fr(), s: random.fr() };
        await expectReferenceProof(engine, zkey, program.calculateBytes(inputs), blinding);
      }
      await engine.close();
    });
  },
);
