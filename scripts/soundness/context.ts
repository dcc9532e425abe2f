import { readFile } from 'node:fs/promises';
import { compiledCircuit } from '../../src/keys/circuit-build.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { statementModule } from '../../src/statements/registry.ts';
import { seededRandom } from '../../test/support/random.ts';
import type { CheckContext, StatementUnderTest } from './check.ts';
import { loadCircuit } from './circuit/circuit.ts';
import { holderKeys } from './honest/holders.ts';
import { honestCases } from './honest/honest-cases.ts';
import type { QuestionCounts } from './honest/questions.ts';

const FULL: QuestionCounts = { vectors: 40, extremes: 60, corners: 50, walks: 50 };
const QUICK: QuestionCounts = { vectors: 2, extremes: 2, corners: 2, walks: 2 };

export interface ContextOptions {
  readonly seed: string;
  readonly isQuick: boolean;
  readonly statements: readonly string[];
  readonly bug: string;
  readonly progress: CheckContext['progress'];
}

/** Opens statements on demand and once: compiled, with honest cases drawn from the seed. */
export function checkContext(options: ContextOptions): CheckContext {
  const opened = new Map<string, Promise<StatementUnderTest>>();
  return {
    ...options,
    open: (name) => {
      const known = opened.get(name) ?? openStatement(name, options);
      opened.set(name, known);
      return known;
    },
  };
}

async function openStatement(name: string, options: ContextOptions): Promise<StatementUnderTest> {
  const { seed, isQuick, progress } = options;
  const { statement } = statementModule(name);
  const files = await compiledCircuit(name, () => progress(`${name}: compiling`, 0));
  const circuit = await loadCircuit(name, { ...files, sym: await readFile(files.symFile, 'utf8') });
  progress(`${name}: honest cases`, 0);
  const random = seededRandom(`${seed} ${name}`);
  const tools = { holders: holderKeys(seed), hash: await wasmPoseidon() };
  const cases = honestCases(statement, isQuick ? QUICK : FULL, random, tools);
  return { statement, circuit, cases };
}
