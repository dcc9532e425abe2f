import type { Fr } from '../../core/field.ts';
import type { ChangedTiles } from '../store/changed-tiles.ts';
import type { Db } from '../store/tables.ts';
import { insertTiles, readTiles, type TreeName } from '../store/tiles.ts';
import type { HashTiles } from './hash-tiles.ts';
import { ledgerTrees, type Seen } from './ledger-trees.ts';
import { TILE_WIDTH } from './tile.ts';

/** Tiles of leaves to make. Plain data: other threads may be sent it. */
export interface TileJob {
  readonly tree: TreeName;
  readonly epoch: Seen;
  /**
   * The epoch being built: tiles start from what they were before it, and are kept as its own.
   * Undefined: leaves come from the records alone and nothing is kept.
   */
  readonly draftId: number | undefined;
  readonly tiles: ChangedTiles;
}

/**
 * Reads what the leaves are made from, hashes, and keeps the tiles, all or none of the job's.
 * @returns the node at the top of each tile
 */
export async function runTileJob(db: Db, job: TileJob, hash: HashTiles): Promise<readonly Fr[]> {
  const { tree, epoch, draftId } = job;
  const indices = job.tiles.flatMap(([tile, positions]) =>
    positions.map((position) => tile * TILE_WIDTH + position),
  );
  const addresses = job.tiles.map(([index]) => ({ tree, level: 0, index }));
  const [leaves, before] = await Promise.all([
    ledgerTrees[tree].read(db, epoch, indices),
    draftId === undefined ? undefined : readTiles(db, addresses, draftId),
  ]);
  const inputs = addresses.map(({ index }, i) => ({ index, before: before?.[i] ?? NOTHING }));
  const { tiles, roots } = await hash({ tree, month: epoch.month, leaves, tiles: inputs });
  const changed = tiles.filter((_, i) => (job.tiles[i]?.[1].length ?? 0) > 0);
  if (draftId !== undefined) {
    const kept = changed.map(({ index, nodes }) => ({ tree, level: 0, index, nodes }));
    await insertTiles(db, draftId, kept);
  }
  return roots;
}

const NOTHING = new Uint8Array();
