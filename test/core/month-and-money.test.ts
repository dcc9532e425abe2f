import { describe, expect, it } from 'vitest';
import { formatYuan, parseYuan } from '../../src/core/money.ts';
import {
  addMonths,
  formatMonth,
  monthIndex,
  monthOfDate,
  parseMonth,
  toMonthIndex,
} from '../../src/core/month.ts';

describe('months', () => {
  it('count from 1900-01', () => {
    expect(parseMonth('1900-01')).toBe(0);
    expect(parseMonth('1990-01')).toBe(1080);
    expect(parseMonth('2026-10')).toBe(1521);
    expect(monthIndex(2241, 4)).toBe(4095);
  });

  it('read back, every one of 12 bits', () => {
    for (let index = 0; index < 4096; index++) {
      const month = toMonthIndex(index);
      expect(parseMonth(formatMonth(month))).toBe(index);
    }
  });

  it.each(['2026-13', '2026-00', '2026-1', '1899-12', '26-10', '2026-10-01', '２０２６-10', ''])(
    'refuse %j',
    (text) => {
      expect(() => parseMonth(text)).toThrow(expect.objectContaining({ code: 'core.bad_month' }));
    },
  );

  it('end with 2241-04', () => {
    expect(() => addMonths(toMonthIndex(4095), 1)).toThrow(
      expect.objectContaining({ code: 'core.out_of_range' }),
    );
    expect(() => addMonths(toMonthIndex(0), -1)).toThrow();
  });

  it('begin at midnight in China', () => {
    expect(formatMonth(monthOfDate(new Date('2026-10-31T15:59:59Z')))).toBe('2026-10');
    expect(formatMonth(monthOfDate(new Date('2026-10-31T16:00:00Z')))).toBe('2026-11');
  });
});

describe('money', () => {
  it.each([
    ['0', 0],
    ['6543.2', 654_320],
    ['6543.21', 654_321],
    ['42949672.95', 2 ** 32 - 1],
  ])('%s yuan are %i fen', (text, fen) => {
    expect(parseYuan(text)).toBe(fen);
    expect(parseYuan(formatYuan(parseYuan(text)))).toBe(fen);
  });

  it.each(['', '-1', '1.234', '1,000', '1e3', '4O50', '42949672.96', ' 1'])('refuse %j', (text) => {
    expect(() => parseYuan(text)).toThrow(expect.objectContaining({ code: 'core.bad_amount' }));
  });
});
