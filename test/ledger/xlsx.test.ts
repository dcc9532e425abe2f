import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { FileRow } from '../../src/ledger/import/file-row.ts';
import { type Mapping, mappedColumns } from '../../src/ledger/import/mapping.ts';
import { readRows } from '../../src/ledger/import/read-rows.ts';
import { cellText } from '../../src/ledger/import/xlsx/cell-text.ts';
import { csvOf } from './long-files.ts';
import { employers, ids, longHeader, longMapping, longRow, withFolder } from './stores.ts';
import { changeParts, writeWorkbook } from './xlsx-files.ts';

const header = longHeader.split(',');
const textRow = (changes: Partial<Record<string, string>> = {}) => longRow(changes).split(',');
const date = (day: string) => ({
  value: new Date(`${day}T00:00:00Z`),
  type: Date,
  format: 'yyyy"年"m"月"',
});
const number = (value: number, format?: string) => ({
  value,
  type: Number,
  ...(format && { format }),
});

/** Lines, and the cells the mapping reads; or the column and code a row is refused for. */
async function read(file: string, mapping: Mapping = longMapping(), skip = 0) {
  const all: FileRow[] = [];
  await readRows(file, mapping, { skip, stepRows: 7 }, async (rows) => {
    all.push(...rows);
  });
  return all.map(({ line, cells, fault }) => [
    line,
    fault
      ? [fault.field, fault.error.code]
      : mappedColumns(mapping).map((column) => cells?.get(column)),
  ]);
}

const withFile = (body: (file: (name: string) => string) => Promise<unknown>) =>
  withFolder((folder) => body((name) => join(folder, name)));

describe('a workbook', () => {
  it('says what the same rows say in CSV, below its title and whatever its cells are', async () => {
    await withFile(async (file) => {
      const title = [{ value: '缴费明细 2026', columnSpan: header.length }];
      await writeWorkbook(file('f.xlsx'), {
        明细: [
          title,
          [null, '单位：元'],
          [],
          header,
          textRow({ id: ids[1] }),
          [],
          [
            ids[0],
            date('2026-01-17'),
            date('2026-02-28'),
            number(4267.9),
            number(350203),
            employers[0],
            'e',
            'p',
            'y',
          ],
          // As a sum of tenths is kept: 0.1 + 0.2.
          textRow().map((text, i) => (i === 3 ? number(0.1 + 0.2) : text)),
          // The employer left empty, and nothing behind it.
          [...textRow({ category: 'f' }).slice(0, 5), null, 'f', 'p', 'y'],
        ],
      });
      const same = [
        longRow({ id: ids[1] }),
        longRow({ settled: '2026-02', base: '4267.9' }),
        longRow({ base: '0.3' }),
        longRow({ category: 'f', employer: '' }),
      ];
      await writeFile(file('f.csv'), csvOf(same));
      const cells = (rows: Awaited<ReturnType<typeof read>>) => rows.map(([, texts]) => texts);
      const found = await read(file('f.xlsx'));
      expect(cells(found)).toEqual(cells(await read(file('f.csv'))));
      expect(found.map(([line]) => line)).toEqual([5, 7, 8, 9]);
      expect(await read(file('f.xlsx'), longMapping(), 3)).toEqual(found.slice(3));
    });
  });

  it('refuses a row whose number or code was typed as a number, and lost its last digits', async () => {
    await withFile(async (file) => {
      const typed = (column: number, value: number) =>
        textRow().map((text, i) => (i === column ? number(value, '0') : text));
      await writeWorkbook(file('f.xlsx'), {
        a: [header, typed(0, 3.50205196305177e17), typed(5, 9.13502037109999e17), textRow()],
      });
      expect(await read(file('f.xlsx'))).toEqual([
        [2, ['id', 'ledger.number_lost_digits']],
        [3, ['employer', 'ledger.number_lost_digits']],
        [4, expect.arrayContaining([ids[0], '5000'])],
      ]);
    });
  });

  it('keeps leading zeros that a cell’s format shows, and what a formula came to', async () => {
    await withFile(async (file) => {
      const row = textRow().map((text, i) => (i === 6 ? number(7, '00') : text));
      await writeWorkbook(file('f.xlsx'), { a: [header, row] });
      const formula = await changeParts(file('f.xlsx'), {
        'xl/worksheets/sheet1.xml': (xml) => xml.replace('<v>7</v>', '<f>3+4</f><v>7</v>'),
      });
      await writeFile(file('g.xlsx'), formula);
      for (const name of ['f.xlsx', 'g.xlsx']) {
        expect(await read(file(name))).toEqual([[2, expect.arrayContaining(['07'])]]);
      }
    });
  });

  it.each([
    ['45000', 'date', 'YYYYMMDD', false, '20230315'],
    ['45000.75', 'date', 'YYYY年M月', false, '2023年3月'],
    ['45000', 'date', undefined, true, '2027-03-16'],
    ['59', 'date', undefined, false, '1900-02-28'],
    ['61', 'date', undefined, false, '1900-03-01'],
    ['4267.8999999999996', 'number', undefined, false, '4267.9'],
    ['1E3', 'number', undefined, false, '1000'],
    ['999999999999999', 'number', undefined, false, '999999999999999'],
    ['202601', 'number', 'YYYYMM', false, '202601'],
  ] as const)(
    'has %s as a %s in a column of %s, dates from 1904: %s',
    (text, kind, form, date1904, read) => {
      const formOf = () => (kind === 'date' ? { kind } : { kind, pad: 0 });
      expect(cellText({ kind: 'number', text, style: 0 }, form, { formOf, date1904 })).toBe(read);
    },
  );

  it('is read at the sheet that is named, or the first', async () => {
    await withFile(async (file) => {
      await writeWorkbook(file('f.xlsx'), {
        说明: [['nothing here']],
        明细: [header, textRow()],
      });
      const mapping = (sheet: string) => ({ ...longMapping(), sheet });
      expect(await read(file('f.xlsx'), mapping('明细'))).toHaveLength(1);
      await expect(read(file('f.xlsx'), mapping('2025'))).rejects.toMatchObject({
        ...{ code: 'ledger.unknown_sheet', facts: { sheet: '2025', sheets: '说明, 明细' } },
      });
      await expect(read(file('f.xlsx'))).rejects.toMatchObject({ code: 'ledger.missing_column' });
    });
  });

  it('refuses rows that are wider than the header, and a column that is there twice', async () => {
    await withFile(async (file) => {
      await writeWorkbook(file('f.xlsx'), { a: [header, [...textRow(), 'x'], textRow()] });
      expect(await read(file('f.xlsx'))).toMatchObject([
        [2, ['', 'ledger.wrong_column_count']],
        [3, {}],
      ]);
      await writeWorkbook(file('g.xlsx'), { a: [[...header, 'id'], textRow()] });
      await expect(read(file('g.xlsx'))).rejects.toMatchObject({ code: 'ledger.duplicate_column' });
    });
  });

  it.each<[string, string, Readonly<Record<string, ((xml: string) => string) | undefined>>]>([
    ['without a workbook', 'there is no _rels/.rels', { '_rels/.rels': undefined }],
    [
      'without its sheet',
      'there is no xl/worksheets/sheet1.xml',
      { 'xl/worksheets/sheet1.xml': undefined },
    ],
    [
      'whose XML breaks off',
      'its XML is not well-formed',
      { 'xl/worksheets/sheet1.xml': (xml) => xml.slice(0, -30) },
    ],
    [
      'that asks for an entity to be expanded',
      'its XML is not well-formed',
      {
        'xl/worksheets/sheet1.xml': (xml) =>
          xml
            .replace(/<worksheet/, '<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet')
            .replace('<v>', '<v>&b;'),
      },
    ],
    [
      'with a text that is not there',
      'row 1 refers to a text that is not there',
      { 'xl/worksheets/sheet1.xml': (xml) => xml.replace(/<v>\d+<\/v>/, '<v>9999</v>') },
    ],
    [
      'with a row nowhere',
      'it has a row 0',
      { 'xl/worksheets/sheet1.xml': (xml) => xml.replace('<row r="2"', '<row r="0"') },
    ],
    [
      'with a cell nowhere',
      'row 2 has a cell ZZZ2',
      { 'xl/worksheets/sheet1.xml': (xml) => xml.replace('r="A2"', 'r="ZZZ2"') },
    ],
    [
      'with a row without end',
      'row 1 is too long',
      {
        'xl/worksheets/sheet1.xml': () =>
          `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>${'x'.repeat(70_000)}</t></is></c></row></sheetData></worksheet>`,
      },
    ],
    [
      'that is a bomb',
      'xl/styles.xml is too large',
      { 'xl/styles.xml': () => `<styleSheet>${' '.repeat(17 * 2 ** 20)}</styleSheet>` },
    ],
  ])('%s is refused as a whole', async (_, reason, changes) => {
    await withFile(async (file) => {
      await writeWorkbook(file('f.xlsx'), { a: [header, textRow()] });
      await writeFile(file('g.xlsx'), await changeParts(file('f.xlsx'), changes));
      await expect(read(file('g.xlsx'))).rejects.toMatchObject({
        ...{ code: 'ledger.bad_xlsx', facts: { reason } },
      });
    });
  });

  it('that grows beyond the size it declares is refused', async () => {
    await withFile(async (file) => {
      await writeWorkbook(file('f.xlsx'), { a: [header, textRow()] });
      const bytes = Buffer.from(await changeParts(file('f.xlsx'), {}));
      const declared = (name: string, size: number) => {
        const lie = Buffer.from(bytes);
        // The central directory's entry: 46 bytes before the name, the size 24 bytes in.
        const entry = lie.lastIndexOf(name) - 46;
        expect(lie.readUInt32LE(entry)).toBe(0x02014b50);
        lie.writeUInt32LE(size, entry + 24);
        return lie;
      };
      const sheet = 'xl/worksheets/sheet1.xml';
      const lies = [
        [declared(sheet, 40), 'damaged'],
        [declared('xl/sharedStrings.xml', 2 ** 30), 'xl/sharedStrings.xml is too large'],
      ] as const;
      for (const [lie, reason] of lies) {
        await writeFile(file('g.xlsx'), lie);
        await expect(read(file('g.xlsx'))).rejects.toMatchObject({
          ...{ code: 'ledger.bad_xlsx', facts: { reason } },
        });
      }
    });
  });

  it.each([
    [
      'of before 2007',
      'it is an old .xls or encrypted; save it as .xlsx',
      Buffer.from('d0cf11e0a1b11ae1000000', 'hex'),
    ],
    ['that is text', 'it is no zip archive', 'id,owed\n'],
    ['that is cut short', 'not a zip archive', zipSync({ a: strToU8('b') }).subarray(0, 20)],
    ['that is another archive', 'there is no _rels/.rels', zipSync({ a: strToU8('b') })],
  ])('%s is none', async (_, reason, content) => {
    await withFile(async (file) => {
      await writeFile(file('f.xlsx'), content);
      await expect(read(file('f.xlsx'))).rejects.toMatchObject({
        ...{ code: 'ledger.bad_xlsx', facts: { reason } },
      });
    });
  });
});
