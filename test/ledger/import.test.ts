import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ImportReport, importFile } from '../../src/ledger/import/import-file.ts';
import type { Mapping } from '../../src/ledger/import/mapping.ts';
import { toPepper } from '../../src/ledger/person-hash.ts';
import {
  fuzhouBrokenContributions,
  xiamenBrokenContributions,
  xiamenBrokenPersons,
} from '../../src/ledger/sample/broken-rows.ts';
import { makeSample } from '../../src/ledger/sample/sample.ts';
import { demoSample } from '../../src/ledger/sample/write-sample.ts';
import { listBatches } from '../../src/ledger/store/batch.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { listRefusals } from '../../src/ledger/store/refusals.ts';
import {
  clearStore,
  closeTestStore,
  demoMapping,
  employers,
  engines,
  ids,
  importDemo,
  longHeader,
  longMapping,
  longRow,
  openTestStore,
  pepper,
  present,
  withFolder,
} from './stores.ts';

const TABLES = [
  'ledger_meta',
  'source',
  'import_batch',
  'refused_row',
  'person',
  'person_facts',
  'record',
] as const;

const quoted = ([column, text]: [string, string]) =>
  [column, `"${text.replaceAll('"', '""')}"`] as const;

describe.each(engines)('import on %s', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  afterAll(() => closeTestStore(store));
  beforeEach(() => clearStore(store));

  const dump = async () => {
    const tables = await Promise.all(
      TABLES.map((table) => sql`select * from ${sql.table(table)} order by 1`.execute(store.db)),
    );
    return JSON.stringify(tables.map(({ rows }) => rows));
  };

  const importRows = (rows: readonly string[], mapping: Mapping = longMapping(), name = 'f.csv') =>
    withFolder(async (folder): Promise<ImportReport> => {
      const file = join(folder, name);
      await writeFile(file, `${[longHeader, ...rows].join('\n')}\n`);
      return importFile(store, { file, mapping, pepper, present });
    });

  describe('the demo’s exports', () => {
    it('go in; exactly the broken rows are refused, each for its own reason', async () => {
      const reports = await importDemo(store);
      const codes = (broken: readonly { code: string | null }[]) =>
        broken.flatMap(({ code }) => code ?? []);
      const refusals = await listRefusals(store);
      const of = (batchId: number) =>
        refusals.filter((row) => row.batchId === batchId).map(({ code }) => code);
      expect(of(1)).toEqual(codes(xiamenBrokenPersons));
      expect(of(2)).toEqual(codes(xiamenBrokenContributions));
      // The one who moved away is in both bureaus' persons files.
      expect(of(3)).toEqual(['ledger.owned_by_other_source']);
      expect(of(4)).toEqual(codes(fuzhouBrokenContributions));

      const { people } = makeSample(demoSample.seed, demoSample.people);
      const records = people.flatMap(({ months }) => months.flatMap(({ owed }) => owed)).length;
      const added = reports.map(({ batch }) => batch.added);
      expect((added[1] ?? 0) + (added[3] ?? 0)).toBe(records);
      expect((added[0] ?? 0) + (added[2] ?? 0)).toBe(people.length);
      expect(reports[1]?.batch.duplicates).toBe(1);
    });

    it('twice change nothing', async () => {
      await importDemo(store);
      const before = await dump();
      const again = await importDemo(store);
      expect(again.map((report) => report.alreadyImported)).toEqual([true, true, true, true]);
      expect(await dump()).toBe(before);
    });

    it('leave no ID number and no name in the database', async () => {
      await importDemo(store);
      const text = await dump();
      const { people } = makeSample(demoSample.seed, demoSample.people);
      for (const { idNumber, name } of people) {
        expect(text).not.toContain(idNumber);
        expect(text).not.toContain(idNumber.slice(0, 17));
        expect(text).not.toContain(`"${name}"`);
      }
    });
  });

  it('points a refusal at its line and field, without the person’s number', async () => {
    await importRows([longRow(), longRow({ base: '12a', id: ids[1] })]);
    const [refusal] = await listRefusals(store);
    expect(refusal).toMatchObject({ line: 3, field: 'base', code: 'core.bad_amount' });
    expect(refusal?.cells).toMatchObject({ base: '12a', owed: '2026-01' });
    expect(refusal?.cells).not.toHaveProperty('id');
  });

  it('masks an ID number that strayed into another column', async () => {
    await importRows([longRow({ base: ids[0], employer: ids[1] })]);
    expect(await listRefusals(store)).toMatchObject([{ field: 'base' }]);
    expect(await dump()).not.toContain(ids[0].slice(0, 17));
    expect(await dump()).not.toContain(ids[1]);
  });

  it('keeps nothing of a row out of step with the header but its keyed hash', async () => {
    await importRows([`${longRow()},林某`, longRow().slice(0, 30)]);
    expect(await listRefusals(store)).toMatchObject([
      {
        line: 2,
        code: 'ledger.wrong_column_count',
        facts: { actual: '10', expected: '9' },
        cells: {},
      },
      { line: 3, code: 'ledger.wrong_column_count', cells: {} },
    ]);
    expect(await dump()).not.toContain('林某');
  });

  it('supersedes by a correction of the same source and keeps what was', async () => {
    await importRows([longRow({ base: '5000' }), longRow({ owed: '2026-02' })]);
    const { batch } = await importRows([longRow({ base: '6000' }), longRow({ owed: '2026-02' })]);
    expect(batch).toMatchObject({ corrected: 1, unchanged: 1, added: 0, refused: 0 });
    const rows = await store.db
      .selectFrom('record')
      .select(['id', 'base_fen', 'superseded_by'])
      .orderBy('id')
      .execute();
    expect(rows).toEqual([
      { id: 1, base_fen: 500_000, superseded_by: 3 },
      { id: 2, base_fen: 500_000, superseded_by: null },
      { id: 3, base_fen: 600_000, superseded_by: null },
    ]);
  });

  it('refuses a key another source holds', async () => {
    await importRows([longRow()], longMapping('alpha'));
    const { batch } = await importRows(
      [longRow({ base: '6000' }), longRow({ owed: '2026-02' })],
      longMapping('beta'),
    );
    expect(batch).toMatchObject({ added: 1, corrected: 0, refused: 1 });
    expect(await listRefusals(store)).toMatchObject([
      { line: 2, code: 'ledger.owned_by_other_source', facts: { source: 'alpha' } },
    ]);
  });

  it('counts equal rows of one file as duplicates and refuses different ones', async () => {
    const { batch } = await importRows([longRow(), longRow(), longRow({ base: '7000' })]);
    expect(batch).toMatchObject({ added: 1, duplicates: 1, refused: 1 });
    expect(await listRefusals(store)).toMatchObject([
      { line: 4, code: 'ledger.conflicting_duplicate' },
    ]);
  });

  it('refuses a different row even where the first of the file changed nothing', async () => {
    await importRows([longRow()]);
    const filler = Array.from({ length: 4100 }, (_, i) =>
      longRow({
        id: ids[1],
        owed: `${2010 + (Math.floor(i / 12) % 15)}-${String((i % 12) + 1).padStart(2, '0')}`,
        insurance: 'pmu'[Math.floor(i / 180) % 3] ?? 'p',
      }),
    );
    // Far apart, so that the two are not decided on together.
    const { batch } = await importRows([longRow(), ...filler, longRow({ base: '7000' })]);
    expect(batch).toMatchObject({
      added: 540,
      duplicates: 3560,
      unchanged: 1,
      refused: 1,
      corrected: 0,
    });
  });

  it('makes a person of contributions alone, and takes the facts later', async () => {
    await importRows([longRow()]);
    expect(await store.db.selectFrom('person_facts').selectAll().execute()).toEqual([]);
    await importRows([longRow({ id: ids[1] }), longRow({ employer: employers[1] })], longMapping());
    const persons = await store.db
      .selectFrom('person')
      .select('account_index')
      .orderBy('account_index')
      .execute();
    expect(persons).toEqual([{ account_index: 0 }, { account_index: 1 }]);
  });

  it('notices another pepper', async () => {
    await importRows([longRow()]);
    const other = toPepper(new Uint8Array(32).fill(8));
    await withFolder(async (folder) => {
      const file = join(folder, 'g.csv');
      await writeFile(file, `${longHeader}\n${longRow({ owed: '2026-03' })}\n`);
      await expect(
        importFile(store, { file, mapping: longMapping(), pepper: other, present }),
      ).rejects.toMatchObject({ code: 'ledger.wrong_pepper' });
    });
  });

  it.each([
    ['an empty file', '', 'ledger.missing_column'],
    ['another file', 'a,b\n1,2\n', 'ledger.missing_column'],
    ['a column twice', `${longHeader},id\n${longRow()},x\n`, 'ledger.duplicate_column'],
    ['an unclosed quote', `${longHeader}\n${longRow()}\n"${'x,'.repeat(50)}\n`, 'ledger.bad_csv'],
    [
      'a quote that swallows the rest',
      `${longHeader}\n"${`${longRow()}\n`.repeat(2000)}`,
      'ledger.bad_csv',
    ],
    [
      'random bytes',
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
      undefined,
    ],
  ])('takes nothing from %s', async (_, content, code) => {
    await withFolder(async (folder) => {
      const file = join(folder, 'f.csv');
      await writeFile(file, content);
      const failed = importFile(store, { file, mapping: longMapping(), pepper, present });
      await expect(failed).rejects.toMatchObject({
        code: code ?? expect.stringMatching(/^ledger\./),
      });
    });
    expect(await listBatches(store)).toEqual([]);
    expect(await store.db.selectFrom('record').selectAll().execute()).toEqual([]);
  });

  it('loses no row and breaks on none, whatever its cells hold', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '',
        '\u0000',
        '\ud800',
        '9'.repeat(400),
        '2999-01',
        '{',
        '\\',
        '"',
        "';--",
        ids[0],
      ),
    );
    const columns = longHeader.split(',');
    const row = fc
      .dictionary(fc.constantFrom(...columns), cell, { maxKeys: 3 })
      .map((changes) => longRow(Object.fromEntries(Object.entries(changes).map(quoted))));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        await clearStore(store);
        const { batch } = await importRows(rows);
        const { added, corrected, unchanged, duplicates, refused } = batch;
        expect(batch.rows).toBe(rows.length);
        expect(added + corrected + unchanged + duplicates + refused).toBe(rows.length);
        expect(await listRefusals(store)).toHaveLength(refused);
      }),
      { numRuns: 60 },
    );
  });

  it('says so where there is no file', async () => {
    const mapping = await demoMapping('xiamen/persons');
    for (const file of ['demo/none.csv', 'demo']) {
      await expect(importFile(store, { file, mapping, pepper, present })).rejects.toMatchObject({
        code: 'ledger.no_file',
      });
    }
  });
});
