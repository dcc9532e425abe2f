/** The only hints below `circuits/`: what is assigned without a constraint in the same stroke, and may be. */
const HINTS: Readonly<Record<string, readonly string[]>> = {
  'lib/months/ledger-month.circom': ['year'],
  'lib/one-hot.circom': ['out'],
};

/**
 * Whether a file keeps the rule of `<--`: hints are reviewed by name, where a comment proves that
 * constraints leave them one value. A hint that is only range-checked afterwards is free, and neither
 * a mutation of one wire nor the Jacobian sees it: bits cannot move a little.
 */
export function keepsHintRule(file: string, source: string): boolean {
  const code = source.replace(/\/\/.*$/gm, '');
  const hints = [...code.matchAll(/(\w+)(?:\[[^\]]*\])*\s*<--/g)].map((match) => match[1] ?? '');
  return !code.includes('-->') && hints.every((hint) => HINTS[file]?.includes(hint) ?? false);
}
