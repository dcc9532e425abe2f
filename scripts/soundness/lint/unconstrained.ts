/** The only circuits, below `circuits/`, that may assign a signal without constraining it in the same stroke. */
const HINTED = ['lib/months/ledger-month.circom', 'lib/one-hot.circom'];

/**
 * Whether a file keeps the rule of `<--`. A hint that is only range-checked afterwards is free, and
 * neither a mutation of one wire nor the Jacobian sees it: bits cannot move a little.
 */
export function keepsHintRule(file: string, source: string): boolean {
  const code = source.replace(/\/\/.*$/gm, '');
  return HINTED.includes(file) || !/<--|-->/.test(code);
}
