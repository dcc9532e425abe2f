import { FIELD_ORDER, type Fr, toFr } from '../../../src/core/field.ts';
import type { Poseidon } from '../../../src/core/poseidon.ts';
import { tags } from '../../../src/core/tags.ts';
import type { InclusionProof, Siblings } from '../../../src/ledger/tree.ts';
import type { Signals } from '../../../src/statements/define-statement.ts';
import type { BadWord } from './honest-case.ts';

/** A word of a record that an input holds, and the changes to other inputs that hash another in. */
export interface WordSlot {
  readonly input: string;
  /** Its width as the ledger packs it. */
  readonly bits: number;
  readonly value: bigint;
  put(value: Fr): Signals;
}

/** A word that is an input, and hashed into the leaf or the root as it is. */
export function scalarSlot(inputs: Signals, input: string, bits: number): WordSlot {
  return { input, bits, value: inputs[input] as Fr, put: (value) => ({ [input]: value }) };
}

/** Each word past its width: just, by its own value, and from below 0. */
export function* pastWidth(
  inputs: Signals,
  slots: readonly WordSlot[],
  epochRoot: (inputs: Signals) => Fr,
): Iterable<BadWord> {
  for (const { input, bits, value, put } of slots) {
    const past = 1n << BigInt(bits);
    for (const bad of [past, past + 1n, value + past, FIELD_ORDER - 1n, FIELD_ORDER - past]) {
      const changed = { ...inputs, ...put(toFr(bad)) };
      yield { input, value: bad, inputs: { ...changed, epochRoot: epochRoot(changed) } };
    }
  }
}

/** The holder commitment of the inputs' keys. */
export function commitmentOver(inputs: Signals, hash: Poseidon): Fr {
  const at = (name: string) => inputs[name] as Fr;
  return hash([tags.TAG_HOLDER, at('holderAx'), at('holderAy'), at('nullifierKey')]);
}

/**
 * The inclusion proof among the inputs. A position past the tree leads where its lowest digits lead:
 * it would be a second name of one place.
 */
export function placeIn(inputs: Signals, index: string, siblings = 'siblings'): InclusionProof {
  const path = inputs[siblings] as Siblings;
  const position = BigInt.asUintN(2 * path.length, inputs[index] as Fr);
  return { index: Number(position), siblings: path };
}
