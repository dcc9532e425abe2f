import type { CheckResult, Finding } from './check.ts';

/** Findings shown a result; the JSON has them all. */
const SHOWN = 20;

/** One result as a person reads it on the terminal. */
export function resultLines(result: CheckResult): string[] {
  const { check, statement, tried, answered, survivors } = result;
  const excused = answered.reduce((sum, { times }) => sum + times, 0);
  const mark = survivors.length === 0 ? '✓' : '✗';
  const shown = distinct(survivors).slice(0, SHOWN);
  return [
    `${mark} ${check} ${statement}: ${tried} tried, ${survivors.length} survive, ${excused} answered`,
    ...shown.map(({ where, what, at }) => `    ${where}: ${what}${at ? ` (${at})` : ''}`),
    ...(survivors.length > shown.length ? [`    … of ${survivors.length}`] : []),
  ];
}

/** The first finding at each place. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [
    ...new Map([...findings].reverse().map((finding) => [finding.where, finding])).values(),
  ].reverse();
}
