import type { Fr } from '../../core/field.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import {
  emptyFoot,
  TILE_LEVELS,
  TILE_WIDTH,
  type Tile,
  tileRoot,
  withChildren,
} from '../../ledger/build/tile.ts';

/** Takes the leaves of a tree in order and gives its tiles, of which it holds four at a time. */
export interface TileFold {
  push(leaf: Fr): Promise<void>;
  /** The tiles not yet full, and the root. */
  finish(): Promise<Fr>;
}

/** @param onTile called for every tile, each before the one above it */
export function foldTiles(
  onTile: (level: number, index: number, tile: Tile) => Promise<void>,
  hash: Poseidon,
): TileFold {
  const nodes: Fr[][] = Array.from({ length: TILE_LEVELS }, () => []);
  const done = Array.from({ length: TILE_LEVELS }, () => 0);
  let root = emptyFoot(TILE_LEVELS, hash);

  async function push(level: number, node: Fr): Promise<void> {
    const current = nodes[level];
    if (!current) {
      root = node;
      return;
    }
    current.push(node);
    if (current.length === TILE_WIDTH) await close(level);
  }

  async function close(level: number): Promise<void> {
    const foot = emptyFoot(level, hash);
    // As tiles are stored: without empty subtrees on the right.
    const tile = withChildren(nodes[level] ?? [], new Map(), foot);
    const index = done[level] ?? 0;
    nodes[level] = [];
    done[level] = index + 1;
    await onTile(level, index, tile);
    await push(level + 1, tileRoot(tile, foot, hash));
  }

  return {
    push: (leaf) => push(0, leaf),
    async finish() {
      for (let level = 0; level < TILE_LEVELS; level++) {
        if ((nodes[level]?.length ?? 0) > 0) await close(level);
      }
      return root;
    },
  };
}
