import type { Check, CheckResult } from './check.ts';

/** Entries of the reviewed lists that answered nothing in a full run: they would hide what comes next. */
export function unusedAnswers(
  checks: readonly Check[],
  results: readonly CheckResult[],
): CheckResult {
  const given = [...new Set(checks.flatMap(({ answers }) => answers?.() ?? []))];
  const used = new Set(results.flatMap(({ answered }) => answered.map(({ where }) => where)));
  return {
    check: 'answers',
    statement: 'all',
    tried: given.length,
    figures: {},
    answered: [],
    survivors: given
      .filter((where) => !used.has(where))
      .map((where) => ({ where, what: 'answers nothing any more: remove it' })),
  };
}
