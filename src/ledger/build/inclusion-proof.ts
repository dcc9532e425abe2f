import type { Poseidon } from '../../core/poseidon.ts';
import type { Db } from '../store/tables.ts';
import { readTile, type TreeName } from '../store/tiles.ts';
import type { InclusionProof, Siblings } from '../tree.ts';
import { decodeTile, emptyFoot, TILE_LEVELS, TILE_WIDTH, tileSiblings } from './tile.ts';

/** The siblings of a leaf as a tree stood in an epoch, from four tiles. */
export async function readInclusionProof(
  db: Db,
  { tree, index }: { readonly tree: TreeName; readonly index: number },
  epochId: number,
  hash: Poseidon,
): Promise<InclusionProof> {
  const siblings: Siblings[number][] = [];
  let node = index;
  for (let level = 0; level < TILE_LEVELS; level++) {
    const tileIndex = Math.floor(node / TILE_WIDTH);
    const tile = decodeTile(await readTile(db, { tree, level, index: tileIndex }, epochId));
    siblings.push(...tileSiblings(tile, node % TILE_WIDTH, emptyFoot(level, hash), hash));
    node = tileIndex;
  }
  return { index, siblings };
}
