import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import {
  type ReadTask,
  type Step,
  type StepReader,
  stepReader,
} from '../../src/ledger/import/step-reader.ts';
import { threadStepReader } from '../../src/ledger/import/thread-step-reader.ts';
import type { NewRefusal } from '../../src/ledger/store/refusals.ts';
import { csvOf, goodRows, laterRows } from './long-files.ts';
import { demoMapping, longMapping, pepper, present, withFolder } from './stores.ts';

async function readAll(reader: StepReader) {
  const steps: Step[] = [];
  const refusals: NewRefusal[] = [];
  const error = new CanbaoError('ledger.owned_by_other_source', { source: 'beta' });
  const digest = await reader.read(async (step) => {
    steps.push(step);
    // Of the step before, as the writer asks for them.
    if (step.number === 0) return;
    refusals.push(...(await reader.refusals(step.number - 1, [{ row: 1, error }])));
  });
  await reader.close();
  return { steps, refusals, digest: Buffer.from(digest).toString('hex') };
}

describe('a thread that reads an export', () => {
  const from = async (skip: number): Promise<ReadTask> => ({
    ...{
      file: 'demo/xiamen/contributions.csv',
      mapping: await demoMapping('xiamen/contributions'),
    },
    ...{ pepper, present, range: { skip, stepRows: 3000 } },
  });

  it.each([0, 4321])('hands over what this thread would read, from row %i on', async (skip) => {
    const here = await readAll(stepReader(await from(skip)));
    const there = await readAll(threadStepReader(await from(skip)));
    expect(there).toEqual(here);
    expect(here.steps.reduce((sum, { judged }) => sum + judged.rows, 0)).toBe(10876 - skip);
    expect(here.refusals.map(({ line }) => line).slice(0, 2)).toEqual([skip + 3, skip + 3003]);
    const bytes = await readFile('demo/xiamen/contributions.csv');
    expect(here.digest).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('tells of a file that cannot be read, and where', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'f.csv');
      const rows = laterRows(goodRows([1, 2], 30), [3]);
      await writeFile(file, `${csvOf(rows)}"${'x'.repeat(70_000)}\n`);
      const task = { file, mapping: longMapping(), pepper, present, range: { skip: 0 } };
      await expect(readAll(threadStepReader(task))).rejects.toMatchObject({
        ...{ code: 'ledger.bad_csv', facts: { file: 'f.csv', line: rows.length + 2 } },
      });
    });
  });
});
