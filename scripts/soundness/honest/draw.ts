import { FIELD_ORDER, type Fr, toFr } from '../../../src/core/field.ts';
import { ARITY, type InclusionProof, TREE_DEPTH } from '../../../src/ledger/tree.ts';
import type { Random } from '../../../test/support/random.ts';

/** A field element: random, or now and then the least or the greatest. */
export function drawElement(random: Random): Fr {
  return random.pick([toFr(0n), toFr(FIELD_ORDER - 1n), random.fr(), random.fr(), random.fr()]);
}

/** A place in a tree whose other leaves are unknown: first, last or any; siblings alike. */
export function drawPlace(random: Random): InclusionProof {
  const last = ARITY ** TREE_DEPTH - 1;
  const sibling = random.pick([() => toFr(0n), () => toFr(FIELD_ORDER - 1n), random.fr, random.fr]);
  return {
    index: random.pick([0, last, random.int(0, last), random.int(0, last)]),
    siblings: Array.from(
      { length: TREE_DEPTH },
      () => [sibling(), sibling(), sibling()] as [Fr, Fr, Fr],
    ),
  };
}
