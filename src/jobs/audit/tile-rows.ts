import { sql } from 'kysely';
import { toMonthIndex } from '../../core/month.ts';
import { TILE_LEVELS, TILE_WIDTH } from '../../ledger/build/tile.ts';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Db } from '../../ledger/store/tables.ts';
import type { TileAddress } from '../../ledger/store/tiles.ts';
import { MAX_TOLD } from './check-rows.ts';
import { epochLabel, type Finding, finding } from './finding.ts';

/** The row a tile is read from: that of the last epoch that changed it. */
export interface TileRow {
  readonly epochId: number;
  readonly label: string;
}

/** Undefined where no epoch up to this one has the tile. */
export async function tileRow(
  db: Db,
  { tree, level, index }: TileAddress,
  epochId: number,
): Promise<TileRow | undefined> {
  const row = await db
    .selectFrom('tile')
    .innerJoin('epoch', 'epoch.id', 'epoch_id')
    .select(['epoch_id', 'month', 'revision'])
    .where('tree', '=', tree)
    .where('level', '=', level)
    .where('tile_index', '=', index)
    .where('epoch_id', '<=', epochId)
    .orderBy('epoch_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const { epoch_id, month, revision } = row;
  return { epochId: epoch_id, label: epochLabel({ month: toMonthIndex(month), revision }) };
}

/** Tile rows that no tree of their epoch can have. */
export async function checkStrayTiles(db: Db, epochs: readonly StoredEpoch[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const epoch of epochs) {
    const limits = (count: number) =>
      Array.from({ length: TILE_LEVELS }, (_, level) =>
        Math.ceil(count / TILE_WIDTH ** (level + 1)),
      );
    const accounts = limits(epoch.accountCount);
    const employers = limits(epoch.employerCount);
    const { rows } = await sql<{ tree: string; level: number; index: number }>`
      select tree, level, tile_index as index from tile where epoch_id = ${sql.lit(epoch.id)}
        and not coalesce(tile_index >= 0 and tile_index < case
          ${sql.join(
            accounts.map(
              (limit, level) =>
                sql`when tree = 'accounts' and level = ${sql.lit(level)} then ${sql.lit(limit)}`,
            ),
            sql` `,
          )}
          ${sql.join(
            employers.map(
              (limit, level) =>
                sql`when tree = 'employers' and level = ${sql.lit(level)} then ${sql.lit(limit)}`,
            ),
            sql` `,
          )}
        end, false) order by tree, level, tile_index limit ${sql.lit(MAX_TOLD)}`.execute(db);
    for (const row of rows) {
      findings.push(finding('audit.tile_extra', { epoch: epochLabel(epoch), ...row }));
    }
  }
  return findings;
}
