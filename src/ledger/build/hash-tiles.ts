import type { Fr } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import type { TreeName } from '../store/tiles.ts';
import { ledgerTrees } from './ledger-trees.ts';
import { decodeTile, emptyFoot, encodeTile, TILE_WIDTH, tileRoots, withChildren } from './tile.ts';

/** Some tiles of leaves, before they are hashed. Plain data: other threads may be sent it. */
export interface TileInputs {
  readonly tree: TreeName;
  readonly month: MonthIndex;
  /** What the changed leaves are made from, as the tree read it. */
  readonly leaves: readonly unknown[];
  /** Every tile meant, with its nodes before; empty where it is new. */
  readonly tiles: readonly { readonly index: number; readonly before: Uint8Array }[];
}

/** The same tiles with their leaves, and the node at the top of each. */
export interface HashedTiles {
  readonly tiles: readonly { readonly index: number; readonly nodes: Uint8Array }[];
  readonly roots: readonly Fr[];
}

export type HashTiles = (inputs: TileInputs) => Promise<HashedTiles>;

/** Pure: the work of a closing that the database has no part in. */
export function hashTiles(inputs: TileInputs, hash: Poseidon): HashedTiles {
  const changes = new Map<number, Map<number, Fr>>();
  for (const [index, leaf] of ledgerTrees[inputs.tree].leaves(inputs.leaves, inputs.month, hash)) {
    const tile = Math.floor(index / TILE_WIDTH);
    const children = changes.get(tile) ?? new Map<number, Fr>();
    children.set(index % TILE_WIDTH, leaf);
    changes.set(tile, children);
  }
  const foot = emptyFoot(0, hash);
  const tiles = inputs.tiles.map(({ index, before }) =>
    withChildren(decodeTile(before), changes.get(index) ?? new Map(), foot),
  );
  return {
    tiles: inputs.tiles.map(({ index }, i) => ({ index, nodes: encodeTile(tiles[i] ?? []) })),
    roots: tileRoots(tiles, foot, hash),
  };
}
