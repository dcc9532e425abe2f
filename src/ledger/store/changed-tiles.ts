import { type RawBuilder, sql } from 'kysely';
import type { Db } from './tables.ts';

/** Leaves by the tile they stand in, both ascending. */
export type ChangedTiles = readonly (readonly [tile: number, positions: readonly number[]])[];

/** Leaves a tile: 4^4. */
const WIDTH = 256;

/**
 * Groups leaves by tile in the database: of millions of changed leaves only their places come here.
 * @param leaves a query of one column, `leaf`, that may repeat itself
 * @param count leaves from this one on are left out
 */
export async function groupByTile(
  db: Db,
  leaves: RawBuilder<unknown>,
  count: number,
): Promise<ChangedTiles> {
  const { rows } = await sql<{ tile: number; positions: string }>`
    select leaf / ${WIDTH}::int as tile,
      string_agg(distinct (leaf % ${WIDTH}::int)::text, ',') as positions
    from (${leaves}) as changed
    where leaf < ${count}::bigint
    group by tile order by tile`.execute(db);
  return rows.map(({ tile, positions }) => [
    tile,
    positions
      .split(',')
      .map(Number)
      .sort((a, b) => a - b),
  ]);
}

/** All of the first `count` leaves. */
export function allTiles(count: number): ChangedTiles {
  return Array.from({ length: Math.ceil(count / WIDTH) }, (_, tile) => [
    tile,
    Array.from({ length: Math.min(WIDTH, count - tile * WIDTH) }, (_, position) => position),
  ]);
}
