import { holderKeys } from '../../scripts/soundness/honest/holders.ts';
import { honestCases } from '../../scripts/soundness/honest/honest-cases.ts';
import { openKeyStore, type StatementKeys } from '../../src/keys/key-store.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import type { Signals } from '../../src/statements/define-statement.ts';
import { statementModule } from '../../src/statements/registry.ts';
import { seededRandom } from '../../test/support/random.ts';

/** Keys of a statement and inputs that satisfy it. */
export interface ProvingCase {
  readonly keys: StatementKeys;
  readonly signals: Signals;
}

const ONE_OF_EACH = { vectors: 1, extremes: 1, corners: 1, walks: 1 };

export async function provingCase(statement: string): Promise<ProvingCase> {
  const keys = await openKeyStore({ production: false }).get(statement);
  const random = seededRandom(`bench ${statement}`);
  const tools = { holders: holderKeys('bench'), hash: await wasmPoseidon() };
  const [first] = honestCases(statementModule(statement).statement, ONE_OF_EACH, random, tools);
  if (!first) throw new Error(`no honest case of ${statement}`);
  return { keys, signals: first.inputs };
}
