import { sql } from 'kysely';
import type { Db } from '../../../src/ledger/store/tables.ts';
import type { Random } from '../../../test/support/random.ts';
import { elementBytes } from './people-plants.ts';
import { labelOf, type Plant, pickRow } from './plant.ts';

interface TileRow {
  readonly tree: string;
  readonly level: number;
  readonly index: number;
  readonly epoch: number;
  readonly month: number;
  readonly revision: number;
  readonly nodes: Uint8Array;
}

async function tileRows(db: Db): Promise<readonly TileRow[]> {
  const { rows } = await sql<TileRow>`
    select tree, level, tile_index as index, epoch_id as epoch, month, revision, nodes
    from tile join epoch on epoch.id = epoch_id
    order by tree, level, tile_index, epoch_id`.execute(db);
  return rows;
}

const setNodes = (db: Db, row: TileRow, nodes: Uint8Array) =>
  db
    .updateTable('tile')
    .set({ nodes })
    .where('tree', '=', row.tree)
    .where('level', '=', row.level)
    .where('tile_index', '=', row.index)
    .where('epoch_id', '=', row.epoch)
    .execute();

const sameNodes = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(Buffer.from(b));

const addressOf = ({ tree, level, index }: TileRow) => ({ tree, level, index });
const whatOf = (row: TileRow) => `tile ${row.tree} ${row.level}/${row.index} of ${labelOf(row)}`;

/** A tile whose bytes are made others. */
function changed(
  kind: string,
  change: (nodes: Buffer, random: Random, others: readonly TileRow[]) => Uint8Array,
): Plant {
  return {
    kind: `tile: ${kind}`,
    group: 'change',
    async plant(_, db, random) {
      const rows = await tileRows(db);
      const row = pickRow(rows, random);
      const nodes = change(Buffer.from(row.nodes), random, rows);
      await setNodes(db, row, nodes);
      const facts = { ...addressOf(row), epoch: labelOf(row) };
      return { what: whatOf(row), expected: [{ code: 'audit.tile_changed', facts }] };
    },
  };
}

export const tilePlants: readonly Plant[] = [
  changed('a bit', (nodes, random) => {
    const at = random.int(0, nodes.length - 1);
    nodes[at] = (nodes[at] ?? 0) ^ (1 << random.int(0, 7));
    return nodes;
  }),
  changed('a node', (nodes, random) => {
    const node = random.int(0, nodes.length / 32 - 1);
    nodes.set(elementBytes(random), node * 32);
    return nodes;
  }),
  changed('a node less', (nodes) => nodes.subarray(0, nodes.length - 32)),
  changed('half a node less', (nodes) => nodes.subarray(0, nodes.length - 16)),
  changed('a node more', (nodes, random) => Buffer.concat([nodes, elementBytes(random)])),
  changed('of another place or epoch', (nodes, random, rows) => {
    const others = rows.filter((row) => !sameNodes(row.nodes, nodes));
    return random.pick(others).nodes;
  }),
  {
    kind: 'tile: removed',
    group: 'omission',
    async plant(_, db, random) {
      const rows = await tileRows(db);
      const isSame = (a: TileRow, b: TileRow | undefined) =>
        b !== undefined && a.tree === b.tree && a.level === b.level && a.index === b.index;
      // Without it an older one is read: one that differs.
      const telling = rows.filter((row, i) => {
        const before = rows[i - 1];
        return !isSame(row, before) || !before || !sameNodes(row.nodes, before.nodes);
      });
      const row = pickRow(telling, random);
      await sql`delete from tile where tree = ${row.tree} and level = ${sql.lit(row.level)}
        and tile_index = ${sql.lit(row.index)} and epoch_id = ${sql.lit(row.epoch)}`.execute(db);
      const before = rows[rows.indexOf(row) - 1];
      return {
        what: whatOf(row),
        expected: [
          isSame(row, before)
            ? { code: 'audit.tile_changed', facts: addressOf(row) }
            : { code: 'audit.tile_missing', facts: { ...addressOf(row), epoch: labelOf(row) } },
        ],
      };
    },
  },
  {
    kind: 'tile: one that has no place',
    group: 'change',
    async plant(_, db, random) {
      const row = pickRow(await tileRows(db), random);
      const level = random.pick([row.level, 4, 7]);
      const index = random.int(1000, 10 ** 6);
      await sql`insert into tile values (${row.tree}, ${sql.lit(level)}, ${sql.lit(index)},
        ${sql.lit(row.epoch)}, ${Buffer.from(row.nodes)})`.execute(db);
      const facts = { tree: row.tree, level, index, epoch: labelOf(row) };
      return { what: whatOf(row), expected: [{ code: 'audit.tile_extra', facts }] };
    },
  },
];
