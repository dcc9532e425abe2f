import { sql } from 'kysely';
import { bytesArray, intArray, textArray } from './columns.ts';
import type { Db } from './tables.ts';

/** Which tree a tile belongs to. */
export type TreeName = 'accounts' | 'employers';

export interface TileAddress {
  readonly tree: TreeName;
  /** 0 on the leaves … 3 at the root. */
  readonly level: number;
  readonly index: number;
}

export interface NewTile extends TileAddress {
  readonly nodes: Uint8Array;
}

/** The tile as it stood in an epoch: its last version up to then. Empty where there is none. */
export async function readTile(
  db: Db,
  { tree, level, index }: TileAddress,
  epochId: number,
): Promise<Uint8Array> {
  const row = await db
    .selectFrom('tile')
    .select('nodes')
    .where('tree', '=', tree)
    .where('level', '=', level)
    .where('tile_index', '=', index)
    .where('epoch_id', '<=', epochId)
    .orderBy('epoch_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.nodes ?? new Uint8Array();
}

const TILES_A_STATEMENT = 200;

export async function insertTiles(
  trx: Db,
  epochId: number,
  tiles: readonly NewTile[],
): Promise<void> {
  for (let i = 0; i < tiles.length; i += TILES_A_STATEMENT) {
    const some = tiles.slice(i, i + TILES_A_STATEMENT);
    const trees = textArray(some.map((tile) => tile.tree));
    const levels = intArray(
      some.map((tile) => tile.level),
      'smallint',
    );
    const indices = intArray(
      some.map((tile) => tile.index),
      'bigint',
    );
    await sql`insert into tile (tree, level, tile_index, nodes, epoch_id)
      select *, ${epochId}::int from unnest(${trees}, ${levels}, ${indices},
        ${bytesArray(some.map((tile) => tile.nodes))})`.execute(trx);
  }
}
