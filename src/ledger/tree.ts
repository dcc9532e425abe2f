import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type Fr, toFr } from '../core/field.ts';
import { hashMany } from '../core/hash-many.ts';
import type { Poseidon } from '../core/poseidon.ts';

export const ARITY = 4;
/** Levels of the accounts' and the employers' tree: 4^16 = 2^32 places. */
export const TREE_DEPTH = 16;

/** A leaf that is not taken. No hash is 0, so it opens to nothing. */
export const EMPTY_LEAF: Fr = toFr(0n);

/** Siblings from the leaf upward, `Fr[depth][3]`, in child order with the node itself left out. */
export type Siblings = readonly (readonly [Fr, Fr, Fr])[];

export interface InclusionProof {
  /** Position of the leaf: base-4 digits, least significant at the leaf. */
  readonly index: number;
  readonly siblings: Siblings;
}

/** Roots of empty subtrees by height, as far as they were asked for, by hash function. */
const emptyByHash = new WeakMap<Poseidon, Fr[]>();

/** Roots of empty subtrees: `[0]` is the empty leaf, `[h]` a subtree of height h. */
export function emptyRoots(depth: number, hash: Poseidon): readonly Fr[] {
  const roots = emptyByHash.get(hash) ?? [EMPTY_LEAF];
  emptyByHash.set(hash, roots);
  while (roots.length <= depth) {
    const child = roots.at(-1) ?? EMPTY_LEAF;
    roots.push(hash([child, child, child, child]));
  }
  return roots;
}

/**
 * One level up: nodes over `nodes`, the missing ones on the right being `empty`.
 * An empty input gives an empty output.
 */
export function parentLevel(nodes: readonly Fr[], empty: Fr, hash: Poseidon): Fr[] {
  const children = [...nodes];
  while (children.length % ARITY !== 0) children.push(empty);
  return hashMany(children, ARITY, hash);
}

/** The four children from `start`, padded with `empty`. */
function childrenAt(nodes: readonly Fr[], start: number, empty: Fr): [Fr, Fr, Fr, Fr] {
  const at = (k: number) => nodes[start + k] ?? empty;
  return [at(0), at(1), at(2), at(3)];
}

/** Every level of the tree over `leaves`, `[0]` the leaves, `[depth]` the root alone. */
export function treeLevels(leaves: readonly Fr[], depth: number, hash: Poseidon): Fr[][] {
  if (leaves.length > ARITY ** depth) {
    throw new CanbaoError('ledger.tree_full', { places: ARITY ** depth });
  }
  const empty = emptyRoots(depth, hash);
  const levels: Fr[][] = [[...leaves]];
  for (let level = 0; level < depth; level++) {
    levels.push(parentLevel(levels[level] ?? [], empty[level] ?? EMPTY_LEAF, hash));
  }
  if (levels[depth]?.length === 0) levels[depth] = [empty[depth] ?? EMPTY_LEAF];
  return levels;
}

/** @throws ledger.tree_full */
export function treeRoot(leaves: readonly Fr[], depth: number, hash: Poseidon): Fr {
  return treeLevels(leaves, depth, hash)[depth]?.[0] ?? EMPTY_LEAF;
}

/**
 * Roots of trees of one depth, a level of all of them at a time.
 * @throws ledger.tree_full
 */
export function treeRoots(trees: readonly (readonly Fr[])[], depth: number, hash: Poseidon): Fr[] {
  if (trees.some((leaves) => leaves.length > ARITY ** depth)) {
    throw new CanbaoError('ledger.tree_full', { places: ARITY ** depth });
  }
  return nodesAbove(trees, depth, EMPTY_LEAF, hash);
}

/** Nodes `height` levels above the first of each of `rows`, what they lack on the right being `empty`. */
export function nodesAbove(
  rows: readonly (readonly Fr[])[],
  height: number,
  empty: Fr,
  hash: Poseidon,
): Fr[] {
  let levels = rows;
  let padding = empty;
  for (let level = 0; level < height; level++) {
    const parents = levels.map(({ length }) => Math.ceil(length / ARITY));
    const children = levels.flatMap((nodes, i) =>
      Array.from({ length: ARITY * (parents[i] ?? 0) }, (_, k) => nodes[k] ?? padding),
    );
    levels = splitBy(hashMany(children, ARITY, hash), parents);
    padding = hash([padding, padding, padding, padding]);
  }
  return levels.map(([root]) => root ?? padding);
}

/** Cuts `flat` into pieces of the given lengths. */
export function splitBy(flat: readonly Fr[], lengths: readonly number[]): Fr[][] {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return flat.slice(end - length, end);
  });
}

/** Siblings of `index` out of {@link treeLevels}. */
export function inclusionProof(
  levels: readonly (readonly Fr[])[],
  index: number,
  hash: Poseidon,
): InclusionProof {
  const depth = levels.length - 1;
  const empty = emptyRoots(depth, hash);
  const siblings: [Fr, Fr, Fr][] = [];
  let position = index;
  for (let level = 0; level < depth; level++) {
    const digit = position % ARITY;
    const family = childrenAt(levels[level] ?? [], position - digit, empty[level] ?? EMPTY_LEAF);
    siblings.push(family.filter((_, child) => child !== digit) as [Fr, Fr, Fr]);
    position = Math.floor(position / ARITY);
  }
  return { index, siblings };
}

/** The root that `leaf` at `proof.index` leads to. */
export function rootOf(leaf: Fr, proof: InclusionProof, hash: Poseidon): Fr {
  let node = leaf;
  let position = proof.index;
  for (const siblings of proof.siblings) {
    const family: Fr[] = [...siblings];
    family.splice(position % ARITY, 0, node);
    node = hash(family);
    position = Math.floor(position / ARITY);
  }
  return node;
}
