import { FIELD_ORDER, type Fr, toFr } from '../../../../src/core/field.ts';
import { layoutBits } from '../../../../src/core/packed-word.ts';
import type { Poseidon } from '../../../../src/core/poseidon.ts';
import { tags } from '../../../../src/core/tags.ts';
import { benefitsLayout, monthWordLayout, profileLayout } from '../../../../src/ledger/account.ts';
import { WORD_MONTHS } from '../../../../src/ledger/month-set.ts';
import { RUNS_DEPTH, runValueLayouts } from '../../../../src/ledger/runs.ts';
import { rootOf, TREE_DEPTH } from '../../../../src/ledger/tree.ts';
import type { Signals } from '../../../../src/statements/define-statement.ts';
import type { Params } from '../../../../src/statements/statement-text.ts';
import type { BadWord } from '../honest-case.ts';
import { commitmentOver, pastWidth, placeIn, scalarSlot, type WordSlot } from '../word-slot.ts';

const MONTH_BITS = 12;
const MASK_BITS = 5;

/**
 * The words of an account one past their width, with leaf and root computed over them: nothing but
 * the circuit's own range checks can refuse these. Runs only where a place is asked.
 */
export function* accountBadWords(
  inputs: Signals,
  params: Params,
  hash: Poseidon,
): Iterable<BadWord> {
  const slots = [
    scalarSlot(inputs, 'profile', layoutBits(profileLayout)),
    scalarSlot(inputs, 'benefits', layoutBits(benefitsLayout)),
    scalarSlot(inputs, 'epochMonth', MONTH_BITS),
    scalarSlot(inputs, 'accountIndex', 2 * TREE_DEPTH),
    ...['paid', 'late'].flatMap((name) => monthWords(inputs, name, hash)),
    ...chainWords(inputs, Number(params.months ?? 0n), hash),
    ...(['region', 'employer'] as const).flatMap((kind) =>
      params[kind] ? runWords(inputs, kind, params[kind], hash) : [],
    ),
  ];
  yield* pastWidth(inputs, slots, (changed) => accountEpochRoot(changed, hash));
}

/** Words of the months paid or late, of whichever insurance the statement opened. */
function monthWords(inputs: Signals, name: string, hash: Poseidon): WordSlot[] {
  const words = inputs[name] as readonly Fr[] | undefined;
  if (words === undefined) return [];
  const months = (of: Signals) => hash([...(of.paid as Fr[]), ...(of.late as Fr[])]);
  const opened = months(inputs);
  return words.map((value, at) => ({
    input: `${name}[${at}]`,
    bits: WORD_MONTHS,
    value,
    put: (bad) => {
      const changed = { ...inputs, [name]: words.with(at, bad) };
      const coverage = (inputs.coverage as readonly Fr[]).map((old) =>
        old === opened ? months(changed) : old,
      );
      return { [name]: changed[name] as readonly Fr[], coverage };
    },
  }));
}

/** The last months of the ledger's chain, where the statement takes it up `count` months back. */
function chainWords(inputs: Signals, count: number, hash: Poseidon): WordSlot[] {
  const words = inputs.monthWords as readonly Fr[] | undefined;
  if (words === undefined) return [];
  const first = words.length - count;
  return words.slice(first).map((value, at) => ({
    input: `monthWords[${first + at}]`,
    bits: layoutBits(monthWordLayout),
    value,
    put: (bad) => {
      const monthWords = words.with(first + at, bad);
      const start = inputs.previousHead as Fr;
      const ledgerHead = monthWords.slice(first).reduce((head, word) => hash([head, word]), start);
      return { monthWords, ledgerHead };
    },
  }));
}

/** The parts of the opened run. */
function runWords(
  inputs: Signals,
  kind: 'region' | 'employer',
  asked: bigint,
  hash: Poseidon,
): WordSlot[] {
  const placeBits = Object.values(runValueLayouts[kind])[0] ?? 0;
  const rehashed = (changes: Signals): Signals => {
    const run = { ...inputs, ...changes };
    const at = (part: string) => run[`${kind}Run${part}`] as Fr;
    const packed = (asked + (at('Mask') << BigInt(placeBits))) % FIELD_ORDER;
    const leaf = hash([toFr(packed), at('From'), at('To')]);
    const place = placeIn(run, `${kind}RunIndex`, `${kind}RunSiblings`);
    const root = rootOf(leaf, place, hash);
    return { ...changes, [`${kind}RunsRoot`]: root };
  };
  return [
    ['Mask', MASK_BITS] as const,
    ['From', MONTH_BITS] as const,
    ['To', MONTH_BITS] as const,
    ['Index', 2 * RUNS_DEPTH] as const,
  ].flatMap(([part, bits]) => {
    const input = `${kind}Run${part}`;
    const value = inputs[input] as Fr | undefined;
    if (value === undefined) return [];
    return [{ input, bits, value, put: (bad: Fr) => rehashed({ [input]: bad }) }];
  });
}

/** The epoch root that the inputs lead to. */
export function accountEpochRoot(inputs: Signals, hash: Poseidon): Fr {
  const at = (name: string) => inputs[name] as Fr;
  const leaf = hash([
    tags.TAG_ACCOUNT,
    commitmentOver(inputs, hash),
    at('profile'),
    at('benefits'),
    ...(inputs.coverage as readonly Fr[]),
    at('regionRunsRoot'),
    at('employerRunsRoot'),
    at('ledgerHead'),
  ]);
  const accountsRoot = rootOf(leaf, placeIn(inputs, 'accountIndex'), hash);
  return hash([accountsRoot, at('employersRoot'), at('epochMonth')]);
}
