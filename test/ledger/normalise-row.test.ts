import { describe, expect, it } from 'vitest';
import { monthIndex } from '../../src/core/month.ts';
import { isDateForm, parseDateForm } from '../../src/ledger/import/date-form.ts';
import { mappedColumns, parseMapping } from '../../src/ledger/import/mapping.ts';
import { normaliseRow } from '../../src/ledger/import/normalise-row.ts';
import { demoMapping, ids, longHeader, longMapping, longRow, present } from './stores.ts';

const cells = (changes: Partial<Record<string, string>> = {}) => {
  const values = longRow(changes).split(',');
  return new Map(longHeader.split(',').map((column, i) => [column, values[i] ?? '']));
};
const refusal = (changes: Partial<Record<string, string>>) => {
  const { records, refusals } = normaliseRow(longMapping(), cells(changes), present);
  expect(records).toEqual([]);
  expect(refusals).toHaveLength(1);
  return [refusals[0]?.field, refusals[0]?.error.code];
};

describe('a row of the long form', () => {
  it('becomes one record', () => {
    const { person, records, refusals } = normaliseRow(longMapping(), cells(), present);
    expect(refusals).toEqual([]);
    expect(person).toBe(ids[0]);
    expect(records).toEqual([
      {
        insurance: 0,
        month: monthIndex(2026, 1),
        settled: monthIndex(2026, 1),
        baseFen: 500_000,
        region: 350203,
        employer: '91350203MAPKWREB8M',
        category: 0,
        paid: true,
      },
    ]);
  });

  it.each([
    [{ id: '110105194912310021' }, 'id', 'ledger.bad_id_check'],
    [{ id: '' }, 'id', 'ledger.missing_value'],
    [{ owed: '2026-13' }, 'owed', 'ledger.bad_date'],
    [{ owed: '' }, 'owed', 'ledger.missing_value'],
    [{ owed: '2026-11' }, 'owed', 'ledger.month_in_future'],
    [{ owed: '1989-12' }, 'owed', 'ledger.month_before_ledger'],
    [{ settled: '2026-11' }, 'settled', 'ledger.month_in_future'],
    [{ settled: '' }, 'settled', 'ledger.missing_value'],
    [{ base: '-1' }, 'base', 'core.bad_amount'],
    [{ base: '1.234' }, 'base', 'core.bad_amount'],
    [{ base: '1e3' }, 'base', 'core.bad_amount'],
    [{ base: '99999999' }, 'base', 'core.bad_amount'],
    [{ base: '50\ufffd0' }, 'base', 'ledger.bad_encoding'],
    [{ region: '35020' }, 'region', 'ledger.bad_region'],
    [{ employer: '91350203MAPKWREB8A' }, 'employer', 'ledger.bad_credit_code'],
    [{ employer: '' }, 'employer', 'ledger.missing_value'],
    [{ category: 'x' }, 'category', 'ledger.unknown_code'],
    [{ category: 'constructor' }, 'category', 'ledger.unknown_code'],
    [{ insurance: '9' }, 'insurance', 'ledger.unknown_code'],
    [{ paid: '' }, 'paid', 'ledger.missing_value'],
  ])('is refused for %o', (changes, field, code) => {
    expect(refusal(changes)).toEqual([field, code]);
  });

  it('needs no settled month while unpaid, and keeps none', () => {
    const unpaid = normaliseRow(longMapping(), cells({ paid: 'n', settled: '' }), present);
    expect(unpaid.records).toMatchObject([{ paid: false, settled: null }]);
    const odd = normaliseRow(longMapping(), cells({ paid: 'n' }), present);
    expect(odd.records).toMatchObject([{ paid: false, settled: null }]);
  });

  it('has no employer for a flexible worker, whatever the column says', () => {
    const row = normaliseRow(longMapping(), cells({ category: 'f' }), present);
    expect(row.records).toMatchObject([{ category: 1, employer: null }]);
  });
});

describe('a row of the wide form', () => {
  const good: Record<string, string> = {
    身份证号: ids[0],
    参保区县: '鼓楼区',
    单位信用代码: '91350203MAPKWREB8M',
    人员类别: '职工',
    所属期: '2024年03月',
    到账期: '2024年05月',
    缴费基数: '5000.5',
    养老: '已缴',
    医疗: '欠缴',
    失业: '未参保',
    工伤: '已缴',
    生育: '已缴',
  };
  const read = async (changes: Record<string, string>) =>
    normaliseRow(
      await demoMapping('fuzhou/contributions'),
      new Map(Object.entries({ ...good, ...changes })),
      present,
    );

  it('becomes a record for each insurance there is', async () => {
    const { records, refusals } = await read({});
    expect(refusals).toEqual([]);
    expect(records.map(({ insurance, paid, settled }) => [insurance, paid, settled])).toEqual([
      [0, true, monthIndex(2024, 5)],
      [1, false, null],
      [3, true, monthIndex(2024, 5)],
      [4, true, monthIndex(2024, 5)],
    ]);
    expect(records[0]).toMatchObject({ region: 350102, baseFen: 500_050 });
  });

  it('loses only the insurance whose status is unknown', async () => {
    const { records, refusals } = await read({ 医疗: '待核' });
    expect(refusals.map(({ field, error }) => [field, error.code])).toEqual([
      ['医疗', 'ledger.unknown_code'],
    ]);
    expect(records.map((record) => record.insurance)).toEqual([0, 3, 4]);
  });

  it('is refused where it names no insurance at all', async () => {
    const none = Object.fromEntries(
      ['养老', '医疗', '失业', '工伤', '生育'].map((k) => [k, '未参保']),
    );
    expect((await read(none)).refusals).toHaveLength(1);
  });
});

describe('date forms', () => {
  it.each([
    ['YYYYMM', '202403'],
    ['YYYY-MM-DD', '2024-03-31'],
    ['YYYY年MM月', '2024年03月'],
    ['YYYY/M/D', '2024/3/1'],
    ['YYYY.MM', '2024.03'],
  ])('%s reads %s', (form, text) => {
    expect(isDateForm(form)).toBe(true);
    expect(parseDateForm(text, form)).toBe(monthIndex(2024, 3));
  });

  it.each([
    ['YYYYMM', '20243'],
    ['YYYYMM', '202400'],
    ['YYYY-MM-DD', '2023-02-29'],
    ['YYYY-MM-DD', '2024-03-00'],
    ['YYYY.MM', '2024x03'],
    ['YYYYMM', '2024031'],
  ])('%s refuses %s', (form, text) => {
    expect(() => parseDateForm(text, form)).toThrow(
      expect.objectContaining({ code: 'ledger.bad_date' }),
    );
  });

  it.each(['MMYYYY', 'YYYY', 'DD', ''])('%s is not a form', (form) => {
    expect(isDateForm(form)).toBe(false);
  });
});

describe('mapping files', () => {
  it('list the columns they read, and none with a name', async () => {
    const columns = mappedColumns(await demoMapping('fuzhou/contributions'));
    expect(columns).toEqual(expect.arrayContaining(['身份证号', '所属期', '生育']));
    expect(columns).not.toContain('姓名');
  });

  it.each([
    [{ encoding: 'klingon' }, 'encoding'],
    [{ month: { column: 'owed', form: 'MM/YYYY' } }, 'month.form'],
    [{ source: 'Not a slug' }, 'source'],
    [{ surprise: 1 }, 'file'],
    [{ category: { column: 'c', codes: { a: 'astronaut' } } }, 'category'],
  ])('with %o are refused, naming the place', (change, place) => {
    expect(() => parseMapping({ ...longMapping(), ...change }, 'm.json')).toThrow(
      expect.objectContaining({
        code: 'ledger.bad_mapping',
        facts: { file: 'm.json', reason: expect.stringContaining(place) },
      }),
    );
  });
});
