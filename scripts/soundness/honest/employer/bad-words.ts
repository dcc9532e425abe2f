import type { Fr } from '../../../../src/core/field.ts';
import type { Poseidon } from '../../../../src/core/poseidon.ts';
import { tags } from '../../../../src/core/tags.ts';
import { WORD_MONTHS } from '../../../../src/ledger/month-set.ts';
import { rootOf, TREE_DEPTH } from '../../../../src/ledger/tree.ts';
import type { Signals } from '../../../../src/statements/define-statement.ts';
import type { Params } from '../../../../src/statements/statement-text.ts';
import type { BadWord } from '../honest-case.ts';
import { commitmentOver, pastWidth, placeIn, scalarSlot, type WordSlot } from '../word-slot.ts';

const MONTH_BITS = 12;
/** Twelve head-counts of 16 bits. */
const HEAD_COUNT_BITS = 192;

/** The words of an employer's leaf one past their width, with leaf and root computed over them. */
export function* employerBadWords(
  inputs: Signals,
  _params: Params,
  hash: Poseidon,
): Iterable<BadWord> {
  const slots = [
    scalarSlot(inputs, 'identityMonth', MONTH_BITS),
    scalarSlot(inputs, 'epochMonth', MONTH_BITS),
    scalarSlot(inputs, 'employerIndex', 2 * TREE_DEPTH),
    ...elementSlots(inputs, 'headCounts', HEAD_COUNT_BITS, () => ({})),
    ...elementSlots(inputs, 'paidInFullWords', WORD_MONTHS, (words) => ({
      paidInFull: hash([...words]),
    })),
  ];
  yield* pastWidth(inputs, slots, (changed) => employerEpochRoot(changed, hash));
}

function elementSlots(
  inputs: Signals,
  name: string,
  bits: number,
  rehash: (words: readonly Fr[]) => Signals,
): WordSlot[] {
  const words = (inputs[name] ?? []) as readonly Fr[];
  return words.map((value, at) => ({
    input: `${name}[${at}]`,
    bits,
    value,
    put: (bad) => ({ [name]: words.with(at, bad), ...rehash(words.with(at, bad)) }),
  }));
}

/** The epoch root that the inputs lead to. */
export function employerEpochRoot(inputs: Signals, hash: Poseidon): Fr {
  const at = (name: string) => inputs[name] as Fr;
  const leaf = hash([
    tags.TAG_EMPLOYER,
    commitmentOver(inputs, hash),
    at('creditCode'),
    at('identityMonth'),
    at('paidInFull'),
    ...(inputs.headCounts as readonly Fr[]),
    at('unpaidMonths'),
  ]);
  const employersRoot = rootOf(leaf, placeIn(inputs, 'employerIndex'), hash);
  return hash([at('accountsRoot'), employersRoot, at('epochMonth')]);
}
