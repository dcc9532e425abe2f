import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import * as snarkjs from 'snarkjs';
import { encodeFunctionData } from 'viem';
import { statementVerifierAbi } from '../src/chain/artifacts/StatementVerifier.generated.ts';
import { contractPresentation } from '../src/chain/contract-presentation.ts';
import { sendTransaction } from '../src/chain/send-transaction.ts';
import { confirmed } from '../src/chain/transactions.ts';
import { readR1cs } from '../src/groth16/r1cs.ts';
import { snarkjsProver } from '../src/groth16/snarkjs-prover.ts';
import { verifyProof } from '../src/groth16/verify-proof.ts';
import { verificationKeyFromZkey } from '../src/groth16/zkey.ts';
import { compiledCircuit } from '../src/keys/circuit-build.ts';
import { createPresentation } from '../src/prove/create-presentation.ts';
import { encodePresentation, exportSnarkjs } from '../src/request/presentation.ts';
import { statementRegistry } from '../src/statements/registry.ts';
import { type ProofFixture, proofFixture } from '../test/support/proof-fixture.ts';
import { startTestChain, type TestChain } from '../test/support/test-chain.ts';

/**
 * `npm run bench -- costs`: what each statement costs. Times are ratios taken in this one run; sizes
 * and gas are exact. `--write` puts the table into docs/costs.md.
 */
export interface StatementCosts {
  readonly statement: string;
  readonly constraints: number;
  /** Bytes of the zkey, and of circom's witness program. */
  readonly provingKeyBytes: number;
  readonly witnessProgramBytes: number;
  readonly presentationBytes: number;
  /** Gas of whole transactions. */
  readonly checkGas: number;
  readonly consumeGas: number;
  /** Proving (witness, proof, self-check) against one verification by snarkjs, medians of `rounds`. */
  readonly proveToSnarkjsVerify: number;
  /** Our verification against snarkjs's. */
  readonly verifyToSnarkjsVerify: number;
}

const ROUNDS = 5;

async function median(run: () => unknown): Promise<number> {
  const times: number[] = [];
  await run();
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

/** Of transactions that were made: an estimate is a limit, and more than is used. */
async function gasOf(fixture: ProofFixture, { chain, payer }: TestChain) {
  const { contract, presentation, task } = fixture;
  const args = [contractPresentation(presentation, task.statement) as never] as const;
  const used = async (functionName: 'check' | 'consume') => {
    const data = encodeFunctionData({ abi: statementVerifierAbi, functionName, args });
    const hash = await sendTransaction(chain, payer, { to: contract.address, data });
    return Number((await confirmed(chain, hash, 1)).gasUsed);
  };
  return { checkGas: await used('check'), consumeGas: await used('consume') };
}

export async function measureCosts(): Promise<StatementCosts[]> {
  const prover = snarkjsProver();
  const test = await startTestChain();
  const rows: StatementCosts[] = [];
  try {
    for (const statement of statementRegistry.all()) {
      const fixture = await proofFixture(statement, prover, test);
      const { keys, presentation, signals, task } = fixture;
      const { proof, publicSignals } = exportSnarkjs(presentation, statement);
      const key = verificationKeyFromZkey(keys.artifacts.zkey);
      const peer = await median(() =>
        snarkjs.groth16.verify(key as never, [...publicSignals], proof as never),
      );
      const own = await median(() =>
        verifyProof(keys.verificationKey, signals, presentation.proof),
      );
      const prove = await median(() => createPresentation(task));
      rows.push({
        statement: statement.name,
        constraints: readR1cs((await compiledCircuit(statement.name)).r1cs).constraints.length,
        provingKeyBytes: keys.artifacts.zkey.length,
        witnessProgramBytes: keys.artifacts.graph?.length ?? 0,
        presentationBytes: JSON.stringify(encodePresentation(presentation)).length,
        ...(await gasOf(fixture, test)),
        proveToSnarkjsVerify: prove / peer,
        verifyToSnarkjsVerify: own / peer,
      });
    }
  } finally {
    await prover.close();
    await test[Symbol.asyncDispose]();
  }
  return rows;
}

export function costsTable(rows: readonly StatementCosts[]): string {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const thousand = (value: number) => value.toLocaleString('en');
  const lines = rows.map(
    (row) =>
      `| \`${row.statement}\` | ${thousand(row.constraints)} | ${mb(row.provingKeyBytes)} | ${mb(row.witnessProgramBytes)} | ${thousand(row.presentationBytes)} B | ${thousand(row.checkGas)} | ${thousand(row.consumeGas)} | ${row.proveToSnarkjsVerify.toFixed(0)} × | ${row.verifyToSnarkjsVerify.toFixed(1)} × |`,
  );
  return [
    '| statement | constraints | proving key | witness program | presentation | gas `check` | gas `consume` | prove ÷ snarkjs verify | verify ÷ snarkjs verify |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

export async function run(args: readonly string[]): Promise<unknown> {
  const rows = await measureCosts();
  const table = costsTable(rows);
  if (args.includes('--write')) {
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`;
    writeFileSync(
      'docs/costs.md',
      `# Costs\n\nPrinted by \`npm run bench -- costs --write\` (${machine}; medians of ${ROUNDS}, warm).\nGas is that of whole transactions; time is a ratio to one verification by snarkjs in the same run.\n\n${table}\n`,
    );
  }
  if (!args.includes('--json')) console.log(table);
  return rows;
}
