import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toFr } from '../../src/core/field.ts';
import { addMonths, parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../src/ledger/build/rebuild-epoch-root.ts';
import { type CreditCode, parseCreditCode } from '../../src/ledger/employer.ts';
import {
  type ImportOptions,
  importFile,
  rehearseImports,
} from '../../src/ledger/import/import-file.ts';
import type { ImportProgress } from '../../src/ledger/import/pace.ts';
import { listBatches } from '../../src/ledger/store/batch.ts';
import { employerIndex } from '../../src/ledger/store/employers.ts';
import { enrolHolder } from '../../src/ledger/store/enrol-holder.ts';
import { openStore, type Store } from '../../src/ledger/store/open-store.ts';
import { eachRefusal, listRefusals } from '../../src/ledger/store/refusals.ts';
import { abandonImport, unfinishedImport } from '../../src/ledger/store/unfinished-import.ts';
import { dumpImports } from './dump.ts';
import { csvOf, employerOf, goodRows, idOf, laterRows } from './long-files.ts';
import {
  clearStore,
  closeTestStore,
  engines,
  longHeader,
  longMapping,
  longRow,
  openTestStore,
  pepper,
  present,
  withFolder,
} from './stores.ts';
import { writeWorkbook } from './xlsx-files.ts';

const october = parseMonth('2026-10');
const early = goodRows([0, 1, 2], 30);
const later = [...laterRows(early, [20, 21]), ...goodRows([40], 60)];

let hash: Poseidon;
beforeAll(async () => {
  hash = await wasmPoseidon();
});

describe.each(engines)('an unfinished import on %s', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  afterAll(() => closeTestStore(store));
  beforeEach(() => clearStore(store));

  const withFile = (rows: readonly string[], body: (options: ImportOptions) => Promise<unknown>) =>
    withFolder(async (folder) => {
      const file = join(folder, 'f.csv');
      await writeFile(file, csvOf(rows));
      await body({ file, mapping: longMapping(), pepper, present, stepRows: 50 });
    });
  const importRows = (rows: readonly string[]) =>
    withFile(rows, (options) => importFile(store, options));

  /** An import that ends, for no fault of its file, after some steps. */
  async function cutShort(options: ImportOptions, rows = 100): Promise<void> {
    const stop = new Error('cut short');
    const onProgress = (progress: ImportProgress) => {
      if (progress.rows >= rows) throw stop;
    };
    await expect(importFile(store, { ...options, onProgress })).rejects.toBe(stop);
  }

  it('is not seen by an epoch, and whole in the next', async () => {
    await importRows(early);
    const before = await buildEpoch(store, { month: parseMonth('2026-09'), hash });
    await withFile(later, async (options) => {
      await cutShort(options);
      const during = await buildEpoch(store, { month: october, hash });
      expect(during.accountCount).toBe(before.accountCount);
      expect(during.recordCutoff).toBe(before.recordCutoff);
      expect(during.accountsRoot).toBe(before.accountsRoot);
      expect(during.employersRoot).toBe(before.employersRoot);
      await importFile(store, options);
      expect(await rebuildEpochRoot(store, { month: october, revision: 0, hash })).toBe(
        during.root,
      );
      const after = await buildEpoch(store, { month: parseMonth('2026-11'), hash });
      expect(after.accountCount).toBeGreaterThan(before.accountCount);
      const [month, revision] = [parseMonth('2026-11'), 0];
      expect(await rebuildEpochRoot(store, { month, revision, hash })).toBe(after.root);
    });
  });

  it('is undone exactly, corrections with it', async () => {
    await importRows(early);
    const before = await dumpImports(store);
    await expect(abandonImport(store)).rejects.toMatchObject({
      code: 'ledger.no_unfinished_import',
    });
    await withFile(later, async (options) => {
      await cutShort(options);
      expect(await dumpImports(store)).not.toEqual(before);
      expect(await abandonImport(store)).toMatchObject({
        fileName: 'f.csv',
        counts: { rows: 100 },
      });
      expect(await dumpImports(store)).toEqual(before);
    });
  });

  it('must be finished or given up before another file, or its own changed', async () => {
    await withFile(later, async (options) => {
      await cutShort(options);
      await writeFile(options.file, csvOf(later.slice(1)));
      await expect(importFile(store, options)).rejects.toMatchObject({
        code: 'ledger.unfinished_changed',
      });
      await expect(
        importFile(store, { ...options, mapping: longMapping('beta') }),
      ).rejects.toMatchObject({
        code: 'ledger.import_unfinished',
        facts: { file: 'f.csv', source: 'alpha' },
      });
      await writeFile(options.file, csvOf(later));
      const report = await importFile(store, options);
      expect(report).toMatchObject({ resumedRows: 100, batch: { rows: later.length } });
      expect(await importFile(store, options)).toMatchObject({ alreadyImported: true });
    });
  });

  it('has no persons and employers that keys could be enrolled for', async () => {
    await importRows(early);
    const enrol = (person: number) =>
      enrolHolder(store, {
        ...{ idNumber: idOf(person), pepper, commitment: toFr(BigInt(person + 9)) },
        identityMonth: october,
      });
    const code = (number: number): CreditCode => parseCreditCode(employerOf(number));
    await withFile(goodRows([5, 6, 0], 30), async (options) => {
      await cutShort(options, 50);
      await enrol(0);
      await expect(enrol(5)).rejects.toMatchObject({ code: 'ledger.unknown_person' });
      await expect(employerIndex(store.db, code(5))).rejects.toMatchObject({
        code: 'ledger.unknown_employer',
      });
      await importFile(store, options);
      await enrol(5);
      expect(await employerIndex(store.db, code(5))).toBe(3);
    });
  });

  it('goes on in a workbook as in the CSV of the same rows', async () => {
    const rows = later.filter((row) => row.split(',').length === 9);
    const lines = async (batchId: number) =>
      (await listRefusals(store, { batchId })).map(({ line, code }) => [line, code]);
    await withFile(rows, async (options) => {
      const workbook = { ...options, file: `${options.file}.xlsx` };
      await writeWorkbook(workbook.file, {
        a: [longHeader, ...rows].map((row) => row.split(',')),
      });
      await cutShort(workbook);
      const { batch, resumedRows } = await importFile(store, workbook);
      expect([batch.rows, resumedRows]).toEqual([rows.length, 100]);
      const refused = await lines(batch.id);
      expect(refused.length).toBeGreaterThan(3);
      const again = await importFile(store, options);
      expect(again.batch).toMatchObject({ added: 0, corrected: 0 });
      expect(await lines(again.batch.id)).toEqual(refused);
    });
  });

  it.runIf(engine === 'postgres')(
    'is what a database that went away leaves, and no lock',
    async () => {
      const other = await openStore(at(store));
      const endSession = sql`select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and objid = 5 and granted
        and classid::int8 = hashtext(${store.schema})::int8 & 4294967295`;
      try {
        await withFile(later, async (options) => {
          const failed = importFile(other, {
            ...options,
            onProgress: ({ rows }) => {
              if (rows === 100) void endSession.execute(store.db);
            },
          });
          await expect(failed).rejects.toThrow();
          const { batch, resumedRows } = await importFile(store, options);
          expect(batch.rows).toBe(later.length);
          expect(resumedRows).toBeGreaterThanOrEqual(100);
        });
      } finally {
        await other.close();
      }
    },
  );

  it('goes on by the month it began in', async () => {
    const row = longRow({ owed: '2026-11', settled: '2026-11' });
    await withFile([...early.slice(0, 60), row], async (options) => {
      await cutShort(options, 50);
      const next = addMonths(present, 1);
      const { batch } = await importFile(store, { ...options, present: next });
      expect(batch).toMatchObject({ added: 60, refused: 1 });
    });
  });

  it.each([1, 7, 50])(
    'is undone where the file turns out to be broken, late, in steps of %i',
    async (stepRows) => {
      await importRows(early);
      const before = await dumpImports(store);
      await withFile([...later, `"${'x'.repeat(70_000)}`], async (options) => {
        await expect(importFile(store, { ...options, stepRows })).rejects.toMatchObject({
          code: 'ledger.bad_csv',
        });
      });
      expect(await dumpImports(store)).toEqual(before);
      expect(await unfinishedImport(store.db)).toBeUndefined();
    },
  );

  it('keeps others waiting, and steps in wherever they left off', async () => {
    const other = engine === 'postgres' ? await openStore({ ...at(store) }) : store;
    try {
      await withFile(later, async (options) => {
        const reports = await Promise.all([
          importFile(store, options),
          importFile(other, options),
          importFile(store, { ...options, mapping: longMapping('beta') }),
        ]);
        expect(reports.map((report) => report.alreadyImported).sort()).toEqual([
          false,
          false,
          true,
        ]);
        expect(reports.map((report) => report.resumedRows)).toEqual([0, 0, 0]);
      });
      expect(await listBatches(store)).toHaveLength(2);
    } finally {
      if (other !== store) await other.close();
    }
  });

  it('is what a dry run never leaves: it tells what would be, and nothing remains', async () => {
    await importRows(early);
    const before = await dumpImports(store);
    await withFile(later, async (options) => {
      const rehearsed = await rehearseImports(store, async (importOne, ledger) => {
        const { batch } = await importOne(options);
        const again = await importOne(options);
        const lines: number[] = [];
        for await (const { line } of eachRefusal(ledger, batch.id)) lines.push(line);
        return { batch, again, lines };
      });
      expect(rehearsed.again.alreadyImported).toBe(true);
      expect(await dumpImports(store)).toEqual(before);
      const { batch } = await importFile(store, options);
      const counts = ({ id: _, importedAt: __, ...rest }: typeof batch) => rest;
      expect(counts(rehearsed.batch)).toEqual(counts(batch));
      const lines: number[] = [];
      for await (const { line } of eachRefusal(store, batch.id)) lines.push(line);
      expect(rehearsed.lines).toEqual(lines);
      expect(lines.length).toBeGreaterThan(10);
    });
  });

  it('tells how fast it goes, and how long it will take', async () => {
    await withFile(later, async (options) => {
      let clock = 0;
      const told: ImportProgress[] = [];
      await importFile(store, {
        ...{ ...options, now: () => clock },
        onProgress: (progress) => {
          told.push(progress);
          clock += 1000;
        },
      });
      const [, second] = told;
      expect(second?.rows).toBe(100);
      expect(second?.rowsPerSecond).toBeCloseTo(100);
      expect(told.at(-1)).toMatchObject({ rows: later.length, secondsLeft: 0 });
    });
  });
});

/** Where a store of a test on PostgreSQL is. */
const at = ({ schema }: Store) => ({ databaseUrl: process.env.DATABASE_URL, schema });
