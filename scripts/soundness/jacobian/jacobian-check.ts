import { type AllowedWire, judgeWires, readAllowList, type WireFinding } from '../allow-list.ts';
import type { Check, CheckContext, CheckResult, StatementUnderTest } from '../check.ts';
import { spread } from '../spread.ts';
import { nullitySearch } from './nullity.ts';

/** A rank takes about a second. */
const WITNESSES = { full: 20, quick: 2 };

/** Sets of wires that could move together. */
export const jacobianCheck: Check = {
  name: 'jacobian',
  claim:
    'The Jacobian of the constraints, with every input fixed, has full rank at honest witnesses: no wires can move together, outputs included.',
  unit: 'unknown wires × witnesses',
  answers: () => readAllowList().map(({ wire }) => wire),
  async *run(context) {
    const allowed = readAllowList();
    for (const name of context.statements) {
      yield ranks(await context.open(name), allowed, context);
    }
  },
};

function ranks(
  { circuit, cases: all }: StatementUnderTest,
  allowed: readonly AllowedWire[],
  { progress, isQuick }: CheckContext,
): CheckResult {
  const cases = spread(all, isQuick ? WITNESSES.quick : WITNESSES.full);
  const search = nullitySearch(circuit);
  const findings: WireFinding[] = [];
  let unknowns = 0;
  let widest = 0;
  for (const [at, honest] of cases.entries()) {
    progress(`${circuit.name}: ranks`, at / cases.length);
    const nullity = search(circuit.program.calculate(honest.inputs));
    unknowns = nullity.unknowns;
    widest = Math.max(widest, nullity.unknowns - nullity.rank);
    for (const wire of nullity.moving) {
      findings.push({
        wire,
        where: circuit.wireNames[wire] ?? `wire ${wire}`,
        what: 'moves while every input stays',
        at: honest.name,
      });
    }
  }
  return {
    check: 'jacobian',
    statement: circuit.name,
    tried: unknowns * cases.length,
    figures: { unknowns, witnesses: cases.length, greatestNullity: widest },
    ...judgeWires(circuit, findings, allowed),
  };
}
