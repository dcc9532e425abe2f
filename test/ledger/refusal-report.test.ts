import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { openRefusalReport } from '../../src/cli/refusal-report.ts';
import type { RefusedRow } from '../../src/ledger/store/refusals.ts';
import { withFolder } from './stores.ts';

const refused = (changes: Partial<RefusedRow> = {}): RefusedRow => ({
  ...{ id: 1, batchId: 1, fileName: 'f.csv', source: 'alpha', line: 3, field: 'base' },
  ...{ code: 'core.bad_amount', facts: { value: '12a' }, cells: { base: '12a', owed: '2026-01' } },
  ...changes,
});

async function* rows(...all: RefusedRow[]): AsyncGenerator<RefusedRow> {
  yield* all;
}

/** The report as a spreadsheet reads it. */
async function written(language: 'en' | 'zh', ...all: RefusedRow[]): Promise<string[][]> {
  return withFolder(async (folder) => {
    const path = join(folder, 'reports', 'refused.csv');
    const report = await openRefusalReport(path, language);
    await report.add(rows(...all));
    await report.close();
    const bytes = await readFile(path);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    return parse(bytes, { bom: true, record_delimiter: '\r\n' });
  });
}

describe('a report of refused rows', () => {
  it('has a line each, with the reason in the language asked for', async () => {
    expect(await written('en', refused())).toEqual([
      ['file', 'source', 'line', 'field', 'code', 'reason', 'cells'],
      [
        'f.csv',
        'alpha',
        '3',
        'base',
        'core.bad_amount',
        expect.stringContaining('12a'),
        'base=12a; owed=2026-01',
      ],
    ]);
    const [header, row] = await written('zh', refused({ facts: { value: '壹' } }));
    expect(header?.[5]).toBe('原因');
    expect(row?.[5]).toContain('壹');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1'])(
    'has no formula in it: %j',
    async (text) => {
      const [, row] = await written(
        'en',
        refused({
          field: text,
          fileName: `${text}.csv`,
          code: 'ledger.unknown_code',
          facts: { value: text },
        }),
      );
      // What begins with an apostrophe is text to every spreadsheet.
      for (const cell of [row?.[0], row?.[3]]) expect(cell).toMatch(/^'/);
      for (const cell of row ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r＝]/);
    },
  );

  it('holds more rows than memory should', async () => {
    async function* many() {
      for (let line = 1; line <= 20_000; line++) yield refused({ line });
    }
    await withFolder(async (folder) => {
      const path = join(folder, 'f.csv');
      const report = await openRefusalReport(path, 'en');
      await report.add(many());
      await report.close();
      expect((await readFile(path, 'utf8')).split('\r\n')).toHaveLength(20_002);
    });
  });

  it('says where it cannot be written, before any work', async () => {
    await withFolder(async (folder) => {
      await mkdir(join(folder, 'f.csv'));
      await expect(openRefusalReport(join(folder, 'f.csv'), 'en')).rejects.toMatchObject({
        ...{ code: 'cli.unwritable', facts: { reason: 'EISDIR' } },
      });
    });
  });
});
