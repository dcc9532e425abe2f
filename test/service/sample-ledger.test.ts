import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFile } from '../../src/ledger/import/import-file.ts';
import { latestEpoch } from '../../src/ledger/store/epochs.ts';
import { fillWithSample } from '../../src/service/sample-ledger.ts';
import { longHeader, longMapping, longRow, withFolder } from '../ledger/stores.ts';
import { openTestService } from './service.ts';

test('a ledger with records of anybody else is left alone, closed or not', async () => {
  await using canbao = await openTestService({ empty: true });
  const { bureau } = canbao.service;
  await withFolder(async (folder) => {
    const file = join(folder, 'own.csv');
    await writeFile(file, `${longHeader}\n${longRow()}\n`);
    const { pepper, present } = bureau;
    await importFile(bureau.store, { file, mapping: longMapping('own'), pepper, present });
  });
  expect(await fillWithSample(bureau)).toBe(false);
  expect(await latestEpoch(bureau.store)).toBeUndefined();
});

test('filled once, it is left as it is', async () => {
  await using canbao = await openTestService();
  expect(await fillWithSample(canbao.service.bureau)).toBe(false);
});
