import { importFile } from '../../src/ledger/import/import-file.ts';
import { openStore, type StoreOptions } from '../../src/ledger/store/open-store.ts';
import { longMapping, pepper, present } from './stores.ts';

/** What a process of its own imports; it tells of each step that is committed. */
export interface ImportTask {
  readonly store: StoreOptions;
  readonly file: string;
  readonly source: string;
  readonly stepRows: number;
}

const task = JSON.parse(process.argv[2] ?? '') as ImportTask;
const store = await openStore(task.store);
console.log('open');
const report = await importFile(store, {
  ...{ file: task.file, mapping: longMapping(task.source), pepper, present },
  stepRows: task.stepRows,
  onProgress: ({ rows }) => console.log(`rows ${rows}`),
});
console.log(`done ${report.resumedRows}`);
await store.close();
process.exit(0);
