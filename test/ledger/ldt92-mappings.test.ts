import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { parseMonth } from '../../src/core/month.ts';
import { mappedColumns, readMapping } from '../../src/ledger/import/mapping.ts';
import { type Step, stepReader } from '../../src/ledger/import/step-reader.ts';
import { employers, ids, pepper, present, withFolder } from './stores.ts';
import { writeWorkbook } from './xlsx-files.ts';

const kinds = ['contributions', 'persons'] as const;
const mappingOf = (kind: (typeof kinds)[number]) => readMapping(`mappings/ldt92-${kind}.json`);

/** Exports as a bureau might send them: columns nobody reads among those of the mapping. */
const exports = {
  contributions: [
    'AAB301,AAC002,AAC003,BAB010,AAC066,AAE140,AAE003,AAE002,AAE180,AAE078',
    `350203,${ids[0]},林某,${employers[0]},11,110,202601,202601,5000.00,1`,
    `350203,${ids[0]},林某,${employers[0]},11,310,202601,202603,5000.00,1`,
    `350203,${ids[1]},陈某,,21,110,202601,0,4500,0`,
    `350203,${ids[1]},陈某,,21,390,202601,202601,4500,1`,
  ],
  persons: [
    'AAC002,AAC003,AAC004,AAC006,AAC031,TXLB,AAE200,EAC065',
    `${ids[0]},林某,2,19491231,1,3,12,`,
    `${ids[1]},陈某,1,18800101,2,1,,`,
    `${ids[1]},陈某,1,19800101,2,1,,60`,
  ],
} as const;

describe.each(['csv', 'xlsx'])('an export with the columns of LD/T 92, as %s', (form) => {
  const read = (kind: (typeof kinds)[number]) =>
    withFolder(async (folder) => {
      const file = join(folder, `f.${form}`);
      const rows = exports[kind];
      if (form === 'csv') await writeFile(file, iconv.encode(rows.join('\r\n'), 'gb18030'));
      else await writeWorkbook(file, { a: rows.map((row) => row.split(',')) });
      const mapping = await mappingOf(kind);
      const steps: Step[] = [];
      await stepReader({ file, mapping, pepper, present, range: { skip: 0 } }).read(
        async (step) => {
          steps.push(step);
        },
      );
      return steps.map(({ judged }) => judged);
    });

  it('is read as contributions', async () => {
    const [judged] = await read('contributions');
    const january = parseMonth('2026-01');
    expect(judged?.records).toMatchObject({
      person: Int32Array.of(0, 0, 1),
      insurance: Uint8Array.of(0, 1, 0),
      month: Int16Array.of(january, january, january),
      settled: Int16Array.of(january, january + 2, -1),
      baseFen: Float64Array.of(500_000, 500_000, 450_000),
      employer: Int32Array.of(0, 0, -1),
      category: Uint8Array.of(0, 0, 1),
      paid: Uint8Array.of(1, 1, 0),
      employers: [employers[0]],
    });
    expect(judged?.refusals).toMatchObject([
      { line: 5, field: 'AAE140', code: 'ledger.unknown_code', facts: { value: '390' } },
    ]);
  });

  it('is read as persons', async () => {
    const [judged] = await read('persons');
    expect(judged?.facts.map(({ facts }) => facts)).toMatchObject([
      { sex: 0, birthMonth: parseMonth('1949-12'), retirementCategory: 2, deemedMonths: 12 },
      { sex: 1, status: 1, retirementCategory: 0, deemedMonths: 0, specialTradeMonths: 60 },
    ]);
    expect(judged?.refusals).toMatchObject([{ line: 3, field: 'AAC006', code: 'ledger.bad_date' }]);
  });
});

describe('the note on the mappings', () => {
  it('says of every column they read where it is from', async () => {
    const note = await readFile('mappings/README.md', 'utf8');
    for (const kind of kinds) {
      for (const column of mappedColumns(await mappingOf(kind))) {
        expect(note, column).toMatch(new RegExp(`^\\|.*\`${column}\`.*\\|.*\\|.*\\|$`, 'm'));
      }
    }
  });
});
