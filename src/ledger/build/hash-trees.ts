import pLimit from 'p-limit';
import type { Fr } from '../../core/field.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import type { ChangedTiles } from '../store/changed-tiles.ts';
import type { Store } from '../store/open-store.ts';
import { type NewTile, ownTiles, readTile, type TreeName } from '../store/tiles.ts';
import type { Seen } from './ledger-trees.ts';
import { decodeTile, type Tile } from './tile.ts';
import type { TileJob } from './tile-job.ts';
import { openTileWorkers, type TileWorkers } from './tile-workers.ts';
import { updateTiles } from './update-tiles.ts';

/** Leaves hashed so far, of both trees. */
export interface HashProgress {
  readonly leaves: number;
  readonly total: number;
}

export interface HashOptions {
  readonly hash: Poseidon;
  /** 0: everything on the calling thread; by the number of leaves and cores where not given. */
  readonly threads?: number | undefined;
  readonly onProgress?: ((progress: HashProgress) => void) | undefined;
}

/** Leaves to hash, by tree. */
export interface TreesToHash {
  readonly epoch: Seen;
  /** As for a {@link TileJob}. Tiles of leaves that it has already are not made again. */
  readonly draftId?: number;
  readonly changed: Readonly<Record<TreeName, ChangedTiles>>;
}

/** A tree's root, and the tiles above those of the leaves. */
export interface HashedTree {
  readonly root: Fr;
  readonly tiles: readonly NewTile[];
}

/** Leaves whose records are in memory at once, in one thread. */
const LEAVES_A_JOB = 1024;

/** Both trees; memory grows with the tiles, not with the leaves. */
export async function hashTrees(
  store: Store,
  todo: TreesToHash,
  { hash, threads, onProgress = () => {} }: HashOptions,
): Promise<Record<TreeName, HashedTree>> {
  const total = countLeaves(todo.changed.accounts) + countLeaves(todo.changed.employers);
  const workers = openTileWorkers(store, hash, total, threads);
  let leaves = 0;
  const hashTree = (tree: TreeName) =>
    hashOne(store, todo, tree, workers, hash, (count) => {
      leaves += count;
      onProgress({ leaves, total });
    });
  try {
    return { accounts: await hashTree('accounts'), employers: await hashTree('employers') };
  } finally {
    await workers.close();
  }
}

export function countLeaves(changed: ChangedTiles): number {
  return changed.reduce((sum, [, positions]) => sum + positions.length, 0);
}

async function hashOne(
  { db }: Store,
  { epoch, draftId, changed }: TreesToHash,
  tree: TreeName,
  workers: TileWorkers,
  hash: Poseidon,
  onHashed: (leaves: number) => void,
): Promise<HashedTree> {
  const own = new Set(draftId === undefined ? [] : await ownTiles(db, tree, 0, draftId));
  const before = async (level: number, index: number): Promise<Tile> =>
    draftId === undefined ? [] : decodeTile(await readTile(db, { tree, level, index }, draftId));
  const update = updateTiles(tree, before, hash);
  const limit = pLimit(workers.atOnce);
  await limit.map(jobsOf(changed[tree]), async (tiles) => {
    // A tile that is there already is only read.
    const rest = tiles.map(([tile, places]) => [tile, own.has(tile) ? [] : places] as const);
    const roots = await workers.run({ tree, epoch: plain(epoch), draftId, tiles: rest });
    for (const [i, [tile]] of tiles.entries()) update.setRoot(tile, roots[i] as Fr);
    onHashed(countLeaves(tiles));
  });
  return update.finish();
}

/** Cuts tiles into jobs. */
function jobsOf(tiles: ChangedTiles): ChangedTiles[] {
  const jobs: (readonly [number, readonly number[]])[][] = [];
  let leaves = LEAVES_A_JOB;
  for (const tile of tiles) {
    const count = Math.max(1, tile[1].length);
    if (leaves + count > LEAVES_A_JOB) {
      jobs.push([]);
      leaves = 0;
    }
    jobs.at(-1)?.push(tile);
    leaves += count;
  }
  return jobs;
}

/** What a job says of its epoch, and nothing else. */
function plain(epoch: Seen): Seen {
  const { month, accountCount, employerCount, recordCutoff, factsCutoff, enrolmentCutoff } = epoch;
  return { month, accountCount, employerCount, recordCutoff, factsCutoff, enrolmentCutoff };
}
