import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFile } from '../../src/ledger/import/import-file.ts';
import { listBatches } from '../../src/ledger/store/batch.ts';
import { openStore, type StoreOptions } from '../../src/ledger/store/open-store.ts';
import { unfinishedImport } from '../../src/ledger/store/unfinished-import.ts';
import { dumpImports } from './dump.ts';
import type { ImportTask } from './import-process.ts';
import { csvOf, goodRows, laterRows } from './long-files.ts';
import {
  closeTestStore,
  type Engine,
  engines,
  longMapping,
  pepper,
  present,
  withFolder,
} from './stores.ts';

const STEP_ROWS = 150;

function storeOptions(engine: Engine, folder: string, name: string): StoreOptions {
  if (engine === 'pglite') return { folder: join(folder, name) };
  const schema = `test_${name}_${randomBytes(6).toString('hex')}`;
  return { databaseUrl: process.env.DATABASE_URL, schema };
}

/**
 * Imports in a process of its own.
 * @param killAfter steps after which it is killed, a moment later
 * @returns whether it came to its end
 */
function importInProcess(task: ImportTask, killAfter: number): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/ledger/import-process.ts', JSON.stringify(task)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  let due = false;
  child.stdout.on('data', (chunk) => {
    printed += chunk;
    if (due || printed.split('rows ').length <= killAfter) return;
    due = true;
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 12);
  });
  return new Promise((resolve, reject) =>
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(false);
      else if (code === 0) resolve(true);
      else reject(new Error(`the import ended with ${code}: ${printed}`));
    }),
  );
}

describe.each(engines)('an import killed on %s', (engine) => {
  it('goes on where it was, and the ledger is as if nothing had happened', async () => {
    await withFolder(async (folder) => {
      const early = goodRows([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 60);
      const file = (name: string) => join(folder, name);
      await writeFile(file('early.csv'), csvOf(early));
      await writeFile(file('other.csv'), csvOf(goodRows([30, 31], 12)));
      await writeFile(
        file('later.csv'),
        csvOf([...laterRows(early, [20, 21, 22, 23, 30, 31]), ...goodRows([40, 41], 90)]),
      );
      const options = { pepper, present };
      const begin = async (name: string) => {
        const where = storeOptions(engine, folder, name);
        const store = await openStore(where);
        const alpha = { ...options, mapping: longMapping('alpha') };
        await importFile(store, { ...alpha, file: file('early.csv') });
        await importFile(store, {
          ...{ ...options, file: file('other.csv'), mapping: longMapping('beta') },
        });
        return { where, store, alpha };
      };

      const whole = await begin('whole');
      const report = await importFile(whole.store, { ...whole.alpha, file: file('later.csv') });
      const { batch } = report;
      for (const kind of ['added', 'corrected', 'unchanged', 'duplicates', 'refused'] as const) {
        expect(batch[kind], kind).toBeGreaterThan(20);
      }
      const expected = await dumpImports(whole.store);
      await closeTestStore(whole.store);

      const { where, store: first } = await begin('killed');
      await first.close();
      const task = {
        ...{ store: where, file: file('later.csv'), source: 'alpha', stepRows: STEP_ROWS },
      };
      const kills = [0, 1, 2].map(() => 1 + Math.floor(Math.random() * 3));
      const ends = [];
      for (const killAfter of kills) ends.push(await importInProcess(task, killAfter));
      expect(ends.filter((end) => !end).length, String(kills)).toBeGreaterThan(1);
      expect(await importInProcess(task, Number.POSITIVE_INFINITY)).toBe(true);
      const store = await openStore(where);
      try {
        expect(await dumpImports(store), `killed after ${kills} steps`).toEqual(expected);
        expect(await unfinishedImport(store.db)).toBeUndefined();
        expect(await listBatches(store)).toHaveLength(3);
      } finally {
        await closeTestStore(store);
      }
    });
  });
});
