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

/** {@link readTile} of many, in their order. */
export async function readTiles(
  db: Db,
  addresses: readonly TileAddress[],
  epochId: number,
): Promise<Uint8Array[]> {
  if (addresses.length === 0) return [];
  const { trees, levels, indices } = columnsOf(addresses);
  const { rows } = await sql<{ place: number; nodes: Uint8Array }>`
    select asked.place::int as place, found.nodes
    from unnest(${trees}, ${levels}, ${indices}) with ordinality as asked (tree, level, tile_index, place)
    cross join lateral (
      select nodes from tile
      where tile.tree = asked.tree and tile.level = asked.level and tile.tile_index = asked.tile_index
        and epoch_id <= ${epochId}::int
      order by epoch_id desc limit 1
    ) as found`.execute(db);
  const nodes = new Map(rows.map((row) => [row.place, row.nodes]));
  return addresses.map((_, i) => nodes.get(i + 1) ?? new Uint8Array());
}

/** Tiles of one level that an epoch has of its own, ascending. */
export async function ownTiles(
  db: Db,
  tree: TreeName,
  level: number,
  epochId: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('tile')
    .select('tile_index')
    .where('tree', '=', tree)
    .where('level', '=', level)
    .where('epoch_id', '=', epochId)
    .orderBy('tile_index')
    .execute();
  return rows.map((row) => row.tile_index);
}

function columnsOf(addresses: readonly TileAddress[]) {
  return {
    trees: textArray(addresses.map(({ tree }) => tree)),
    levels: intArray(
      addresses.map(({ level }) => level),
      'smallint',
    ),
    indices: intArray(
      addresses.map(({ index }) => index),
      'bigint',
    ),
  };
}

const TILES_A_STATEMENT = 200;

/** A tile that is there already was made by another run of the same build, and is the same. */
export async function insertTiles(
  trx: Db,
  epochId: number,
  tiles: readonly NewTile[],
): Promise<void> {
  for (let i = 0; i < tiles.length; i += TILES_A_STATEMENT) {
    const some = tiles.slice(i, i + TILES_A_STATEMENT);
    const { trees, levels, indices } = columnsOf(some);
    await sql`insert into tile (tree, level, tile_index, nodes, epoch_id)
      select *, ${epochId}::int from unnest(${trees}, ${levels}, ${indices},
        ${bytesArray(some.map((tile) => tile.nodes))})
      on conflict do nothing`.execute(trx);
  }
}
