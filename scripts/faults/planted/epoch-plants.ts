import { sql } from 'kysely';
import { frToBytes } from '../../../src/core/field.ts';
import { foldTiles } from '../../../src/jobs/audit/fold-tiles.ts';
import { rebuiltLeaves } from '../../../src/jobs/audit/rebuilt-leaves.ts';
import { encodeTile } from '../../../src/ledger/build/tile.ts';
import { epochRoot } from '../../../src/ledger/epoch.ts';
import type { StoredEpoch } from '../../../src/ledger/store/epochs.ts';
import type { Db } from '../../../src/ledger/store/tables.ts';
import type { TreeName } from '../../../src/ledger/store/tiles.ts';
import type { Random } from '../../../test/support/random.ts';
import { elementBytes } from './people-plants.ts';
import { dropGuards, type Expected, labelOf, type Plant, pickRow } from './plant.ts';
import type { PlantedWorld } from './planted-world.ts';

type Column = Parameters<typeof sql.ref>[0];

const setColumn = (db: Db, { id }: StoredEpoch, column: Column, value: unknown) =>
  sql`update epoch set ${sql.ref(column)} = ${value} where id = ${sql.lit(id)}`.execute(db);

/** One column of an epoch's row, set to something else. */
function column(
  kind: string,
  options: {
    readonly of: (epoch: StoredEpoch, random: Random) => readonly [column: string, value: unknown];
    readonly finds: (epoch: StoredEpoch, label: string, value: unknown) => readonly Expected[];
    readonly group?: Plant['group'];
    readonly among?: (epoch: StoredEpoch) => boolean;
  },
): Plant {
  return {
    kind: `epoch: ${kind}`,
    group: options.group ?? 'change',
    async plant({ epochs }, db, random) {
      const epoch = pickRow(epochs.filter(options.among ?? (() => true)), random);
      const [name, value] = options.of(epoch, random);
      await setColumn(db, epoch, name, value);
      const label = labelOf(epoch);
      return {
        what: `${name} of ${label}`,
        expected: options.finds(epoch, label, value),
      };
    },
  };
}

const cutoff = (name: string, what: string, of: (epoch: StoredEpoch) => number): Plant =>
  column(`${what} cutoff`, {
    // Not where an import ends: the last row of one is never followed by a single one.
    of: (epoch, random) => [name, of(epoch) + random.pick([-1, 1, 100_000])],
    finds: (_, epoch, value) => [
      { code: 'audit.cutoff_wrong', facts: { epoch, what, cutoff: Number(value) } },
    ],
  });

/** What an administrator can do to a whole ledger: change a record and rebuild all that hangs on it. */
async function rewrite(world: PlantedWorld, db: Db, epoch: StoredEpoch): Promise<void> {
  const { hash } = world;
  const roots: Partial<Record<TreeName, bigint>> = {};
  for (const tree of ['accounts', 'employers'] as const) {
    const fold = foldTiles(async (level, index, tile) => {
      await sql`insert into tile values (${tree}, ${sql.lit(level)}, ${sql.lit(index)},
        ${sql.lit(epoch.id)}, ${Buffer.from(encodeTile(tile))})
        on conflict (tree, level, tile_index, epoch_id) do update set nodes = excluded.nodes`.execute(
        db,
      );
    }, hash);
    const count = tree === 'accounts' ? epoch.accountCount : epoch.employerCount;
    for await (const { leaves } of rebuiltLeaves(tree, db, epoch, { count, hash })) {
      for (const leaf of leaves) await fold.push(leaf);
    }
    roots[tree] = await fold.finish();
  }
  const { accounts = 0n, employers = 0n } = roots;
  const fr = (value: bigint) => value as StoredEpoch['root'];
  const root = epochRoot(fr(accounts), fr(employers), epoch.month, hash);
  for (const [name, value] of [
    ['accounts_root', accounts],
    ['employers_root', employers],
    ['root', root],
  ] as const) {
    await setColumn(db, epoch, name, Buffer.from(frToBytes(fr(value))));
  }
}

export const epochPlants: readonly Plant[] = [
  column('root', {
    of: (_, random) => ['root', Buffer.from(elementBytes(random))],
    finds: (_, epoch) => [{ code: 'audit.root_wrong', facts: { epoch } }],
  }),
  column('root that is no field element', {
    of: () => ['root', Buffer.alloc(32, 255)],
    finds: ({ id }) => [{ code: 'audit.epoch_unreadable', facts: { id } }],
  }),
  column('root of the accounts', {
    of: (_, random) => ['accounts_root', Buffer.from(elementBytes(random))],
    finds: (_, epoch) => [{ code: 'audit.tree_root_wrong', facts: { epoch, tree: 'accounts' } }],
  }),
  column('root of the employers', {
    of: (_, random) => ['employers_root', Buffer.from(elementBytes(random))],
    finds: (_, epoch) => [{ code: 'audit.tree_root_wrong', facts: { epoch, tree: 'employers' } }],
  }),
  column('fewer accounts', {
    of: (epoch, random) => ['account_count', epoch.accountCount - random.int(1, 20)],
    finds: (_, epoch, actual) => [
      { code: 'audit.count_wrong', facts: { epoch, what: 'accounts', actual: Number(actual) } },
    ],
  }),
  column('more accounts', {
    of: (epoch, random) => ['account_count', epoch.accountCount + random.int(1, 10 ** 9)],
    finds: (_, epoch, actual) => [
      { code: 'audit.count_wrong', facts: { epoch, what: 'accounts', actual: Number(actual) } },
    ],
  }),
  column('another number of employers', {
    of: (epoch, random) => [
      'employer_count',
      epoch.employerCount + random.pick([-2, -1, 1, 10 ** 6]),
    ],
    finds: (_, epoch, actual) => [
      { code: 'audit.count_wrong', facts: { epoch, what: 'employers', actual: Number(actual) } },
    ],
  }),
  cutoff('record_cutoff', 'record', (epoch) => epoch.recordCutoff),
  cutoff('facts_cutoff', 'person_facts', (epoch) => epoch.factsCutoff),
  column('enrolment cutoff', {
    of: (epoch, random) => ['enrolment_cutoff', epoch.enrolmentCutoff + random.pick([-1, 1])],
    finds: (_, epoch) => [
      { code: 'audit.epoch_changed', facts: { epoch, field: 'enrolmentCutoff' } },
    ],
  }),
  column('state', {
    of: (_, random) => ['state', random.pick(['built', 'signed'])],
    finds: (_, epoch, state) => [
      { code: 'audit.state_behind', facts: { epoch, state: String(state) } },
    ],
  }),
  column('of another month', {
    of: ({ month }, random) => ['month', month + random.int(12, 60)],
    finds: (_, epoch) => [
      { code: 'audit.epoch_omitted', facts: { epoch, source: 'ledger', other: 'chain' } },
    ],
    group: 'omission',
  }),
  {
    kind: 'epoch: removed',
    group: 'omission',
    async plant({ epochs }, db, random) {
      const epoch = pickRow(epochs, random);
      for (const table of ['tile', 'epoch_signature'] as const) {
        await db.deleteFrom(table).where('epoch_id', '=', epoch.id).execute();
      }
      await db.deleteFrom('epoch').where('id', '=', epoch.id).execute();
      const facts = { epoch: labelOf(epoch), source: 'ledger', other: 'chain' };
      return { what: labelOf(epoch), expected: [{ code: 'audit.epoch_omitted', facts }] };
    },
  },
  {
    kind: 'epoch: one that was never published',
    group: 'change',
    async plant({ epochs }, db, random) {
      const epoch = pickRow(epochs, random);
      const revision = random.int(5, 50);
      await sql`insert into epoch (month, revision, state, account_count, employer_count,
          record_cutoff, facts_cutoff, enrolment_cutoff, accounts_root, employers_root, root, built_at)
        select month, ${sql.lit(revision)}, 'final', account_count, employer_count, record_cutoff,
          facts_cutoff, enrolment_cutoff, accounts_root, employers_root, root, built_at
        from epoch where id = ${sql.lit(epoch.id)}`.execute(db);
      const label = labelOf({ ...epoch, revision });
      const facts = { epoch: label, state: 'final' };
      return { what: label, expected: [{ code: 'audit.not_published', facts }] };
    },
  },
  {
    kind: 'epoch: two revisions swapped',
    group: 'change',
    async plant({ epochs }, db, random) {
      const corrected = pickRow(
        epochs.filter(({ revision }) => revision > 0),
        random,
      );
      const first = epochs.find(
        ({ month, revision }) => month === corrected.month && revision === 0,
      );
      if (!first) throw new RangeError('a correction without its month');
      await setColumn(db, first, 'revision', 99);
      await setColumn(db, corrected, 'revision', 0);
      await setColumn(db, first, 'revision', corrected.revision);
      const facts = { epoch: labelOf(corrected), source: 'ledger', other: 'chain' };
      return {
        what: `${labelOf(first)} and ${labelOf(corrected)}`,
        expected: [{ code: 'audit.split_view', facts }],
      };
    },
  },
  {
    kind: 'epoch: a record changed and all rebuilt',
    group: 'change',
    async plant(world, db, random) {
      const epoch = world.epochs.at(-1);
      if (!epoch) throw new RangeError('no epoch');
      const { rows } = await sql<{ id: number }>`select id from record
        where insurance = 0 and month = ${sql.lit(epoch.month)} and superseded_by is null
        order by id`.execute(db);
      const { id } = pickRow(rows, random);
      await dropGuards(db);
      await sql`update record set base_fen = base_fen + ${sql.lit(random.int(1, 10 ** 6))}
        where id = ${sql.lit(id)}`.execute(db);
      // It may be a version that the first closing of the month has seen as well.
      for (const one of world.epochs) {
        if (one.month === epoch.month) await rewrite(world, db, one);
      }
      const facts = { epoch: labelOf(epoch), source: 'ledger', other: 'chain' };
      return { what: `record ${id}`, expected: [{ code: 'audit.split_view', facts }] };
    },
  },
];
