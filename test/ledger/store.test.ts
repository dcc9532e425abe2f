import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importFile } from '../../src/ledger/import/import-file.ts';
import { listBatches } from '../../src/ledger/store/batch.ts';
import { lockFolder } from '../../src/ledger/store/folder-lock.ts';
import { openStore } from '../../src/ledger/store/open-store.ts';
import { demoMapping, pepper, present, withFolder } from './stores.ts';

/** Runs code with the sources importable, and kills it as soon as `due` says of its output. */
function runAndKill(
  code: string,
  due: (printed: string) => boolean,
): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  // Polled from here: the child's own timers stand still while WebAssembly runs.
  const poll = setInterval(() => due(printed) && child.kill('SIGKILL'), 10);
  return new Promise((resolve) =>
    child.on('exit', (_code, signal) => {
      clearInterval(poll);
      resolve(signal);
    }),
  );
}

/** Whether a database is being made: its first files are there. */
function isHalfMade(folder: string): boolean {
  const fresh = readdirSync(folder).find((name) => name.startsWith('fresh-'));
  return fresh !== undefined && readdirSync(join(folder, fresh)).length > 2;
}

const source = (path: string) => JSON.stringify(pathToFileURL(`src/ledger/${path}`).href);

describe('a data folder', () => {
  it('is one process’s at a time, and free again after it', async () => {
    await withFolder(async (folder) => {
      const unlock = lockFolder(folder);
      expect(() => lockFolder(folder)).toThrow(
        expect.objectContaining({ code: 'ledger.store_busy' }),
      );
      await expect(openStore({ folder })).rejects.toMatchObject({ code: 'ledger.store_busy' });
      unlock();
      lockFolder(folder)();
    });
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, started: '1' })],
    [
      'another process with the number of this one',
      JSON.stringify({ pid: process.pid, started: '1' }),
    ],
    ['nobody readable', '{"pi'],
  ])('locked by %s is taken over', async (_, lock) => {
    await withFolder(async (folder) => {
      await writeFile(join(folder, 'lock'), lock);
      lockFolder(folder)();
    });
  });

  it('opens after a first start, and after an import, that were killed', async () => {
    await withFolder(async (folder) => {
      const path = JSON.stringify(folder);
      const open = `const { openStore } = await import(${source('store/open-store.ts')});`;
      // Killed while the database is being made.
      const first = await runAndKill(
        `${open} await openStore({ folder: ${path} }); setInterval(() => {}, 1000);`,
        () => isHalfMade(folder),
      );
      expect(first).toBe('SIGKILL');
      expect(isHalfMade(folder)).toBe(true);
      expect(await readdir(folder)).not.toContain('data');

      // Killed in the middle of a file.
      const second = await runAndKill(
        `${open} const { importFile } = await import(${source('import/import-file.ts')});
        const { readMapping } = await import(${source('import/mapping.ts')});
        const store = await openStore({ folder: ${path} });
        const mapping = await readMapping('demo/mappings/xiamen-contributions.json');
        await importFile(store, { file: 'demo/xiamen/contributions.csv', mapping,
          pepper: new Uint8Array(32).fill(7), present: ${present}, stepRows: 500,
          onProgress: ({ rows }) => { if (rows >= 4000) console.log('now'); } });
        setInterval(() => {}, 1000);`,
        (printed) => printed.includes('now'),
      );
      expect(second).toBe('SIGKILL');

      const store = await openStore({ folder });
      try {
        expect((await readdir(folder)).sort()).toEqual(['data', 'lock']);
        const options = { mapping: await demoMapping('xiamen/contributions'), pepper, present };
        const report = await importFile(store, {
          ...options,
          file: 'demo/xiamen/contributions.csv',
        });
        expect(report).toMatchObject({
          alreadyImported: false,
          resumedRows: expect.toSatisfy((rows: number) => rows >= 4000 && rows < 10876),
          batch: { rows: 10876, added: 10865 },
        });
        expect(await listBatches(store)).toHaveLength(1);
      } finally {
        await store.close();
      }
    });
  });

  it('keeps what was written', async () => {
    await withFolder(async (folder) => {
      const options = { mapping: await demoMapping('fuzhou/persons'), pepper, present };
      const store = await openStore({ folder });
      await importFile(store, { ...options, file: 'demo/fuzhou/persons.csv' });
      await store.close();
      const again = await openStore({ folder });
      expect(await listBatches(again)).toHaveLength(1);
      await again.close();
    });
  });

  it('that cannot be one says so', async () => {
    await withFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      await expect(openStore({ folder: join(folder, 'file') })).rejects.toMatchObject({
        code: 'ledger.store_unavailable',
      });
      await mkdir(join(folder, 'data'));
      await writeFile(join(folder, 'data', 'PG_VERSION'), 'not a database');
      await expect(openStore({ folder })).rejects.toMatchObject({
        code: 'ledger.store_unavailable',
      });
      await expect(readdir(folder)).resolves.not.toContain('lock');
    });
  });
});

describe('a database', () => {
  it('out of reach says so', async () => {
    await expect(
      openStore({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' }),
    ).rejects.toMatchObject({
      code: 'ledger.store_unavailable',
    });
  });

  it('has schema names that need no quoting', async () => {
    for (const schema of ['a"b', 'A', '', 'x'.repeat(64), 'a;drop table b']) {
      await expect(openStore({ schema })).rejects.toMatchObject({ code: 'ledger.bad_schema_name' });
    }
  });
});
