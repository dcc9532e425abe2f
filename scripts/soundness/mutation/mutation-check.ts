import { layoutBits, unpackWord } from '../../../src/core/packed-word.ts';
import type { Statement } from '../../../src/statements/define-statement.ts';
import { type AllowedWire, judgeWires, readAllowList, type WireFinding } from '../allow-list.ts';
import type { Check, CheckContext, CheckResult, StatementUnderTest } from '../check.ts';
import type { HonestCase } from '../honest/honest-case.ts';
import { freeWireSearch } from './free-wires.ts';

/** Every wire of every circuit, changed alone. */
export const mutationCheck: Check = {
  name: 'mutation',
  claim:
    'Every wire but the constant one is changed alone, to every other element of the field (decided exactly, see `mutation/free-wires.ts`), in honest witnesses: some constraint must break.',
  unit: 'wires × witnesses',
  answers: () => readAllowList().map(({ wire }) => wire),
  async *run(context) {
    const allowed = readAllowList();
    for (const name of context.statements) {
      yield mutate(await context.open(name), allowed, context);
    }
  },
};

function mutate(
  { statement, circuit, cases }: StatementUnderTest,
  allowed: readonly AllowedWire[],
  { progress }: CheckContext,
): CheckResult {
  const search = freeWireSearch(circuit.constraints, circuit.wireCount);
  const findings: WireFinding[] = [];
  let otherQuestions = 0;
  for (const [at, honest] of cases.entries()) {
    progress(`${circuit.name}: witnesses`, at / cases.length);
    for (const { wire, to } of search(circuit.program.calculate(honest.inputs))) {
      const where = circuit.wireNames[wire] ?? `wire ${wire}`;
      if (where === 'params' && isHonestToo(statement, honest, to)) otherQuestions++;
      else
        findings.push({ wire, where, what: `${said(to)} satisfies the circuit`, at: honest.name });
    }
  }
  return {
    check: 'mutation',
    statement: circuit.name,
    tried: (circuit.wireCount - 1) * cases.length,
    figures: { wires: circuit.wireCount - 1, witnesses: cases.length, otherQuestions },
    ...judgeWires(circuit, findings, allowed),
  };
}

/**
 * Whether other params are a question of which the oracle says yes: the params are an input, and
 * where a threshold does not bite, its bit may change and no other wire with it.
 */
function isHonestToo(statement: Statement, honest: HonestCase, to: 'any' | bigint): boolean {
  if (to === 'any' || to >> BigInt(layoutBits(statement.params)) !== 0n) return false;
  return honest.answer(unpackWord(statement.params, to)).satisfied;
}

function said(to: 'any' | bigint): string {
  return to === 'any' ? 'any value' : `the value ${to}`;
}
