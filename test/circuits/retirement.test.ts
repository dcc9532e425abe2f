import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { toFr } from '../../src/core/field.ts';
import { formatMonth, parseMonth, toMonthIndex, yearOf } from '../../src/core/month.ts';
import { minimumMonths, retirementMonths } from '../../src/statements/retirement.ts';
import { type LibCircuit, libCircuit, output } from '../support/lib-circuit.ts';

/**
 * The annex of the Decision of 2024-09-13 row by row (births by month, retirement age), kept as
 * data and not computed by the code under test.
 */
const rows = readFileSync(join(import.meta.dirname, 'retirement-table.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [category, from, to, years, months] = line.split(',') as [
      string,
      string,
      string,
      string,
      string,
    ];
    return {
      category,
      from: parseMonth(from),
      to: parseMonth(to),
      age: Number(years) * 12 + Number(months),
    };
  });

const categories = ['men', 'women-55', 'women-50'];
const originalAge = [60, 55, 50];
const births = Array.from({ length: 41 * 12 }, (_, i) => toMonthIndex(parseMonth('1955-01') + i));

function ageOf(category: string, birth: number): number {
  const found = rows.filter(
    (row) => row.category === category && row.from <= birth && birth <= row.to,
  );
  expect(found).toHaveLength(1);
  return found[0]?.age ?? 0;
}

describe.each(categories.map((name, index) => ({ name, index })))('$name', ({ name, index }) => {
  let circuit: LibCircuit;
  beforeAll(async () => {
    circuit = await libCircuit('pension/retirement-months.circom', 'RetirementMonths()');
  }, 60_000);

  it('retires as the table says, births 1955-01 to 1995-12, in code and in circuit', () => {
    for (const birthMonth of births) {
      const statutory = birthMonth + ageOf(name, birthMonth);
      const original = birthMonth + 12 * (originalAge[index] ?? 0);
      const earliest = Math.max(statutory - 36, original);
      const code = retirementMonths({ birthMonth, retirementCategory: index, scheme: 0 });
      const witness = circuit.program.calculate({
        birthMonth: toFr(BigInt(birthMonth)),
        retirementCategory: toFr(BigInt(index)),
        scheme: toFr(0n),
      });
      const label = formatMonth(birthMonth);
      expect([label, code?.statutoryMonth, code?.earliestMonth]).toEqual([
        label,
        statutory,
        earliest,
      ]);
      expect([
        label,
        output(circuit, witness, 'statutoryMonth'),
        output(circuit, witness, 'earliestMonth'),
      ]).toEqual([label, BigInt(statutory), BigInt(earliest)]);
    }
  });

  it('keeps residents at 60', () => {
    for (const birthMonth of births) {
      const witness = circuit.program.calculate({
        birthMonth: toFr(BigInt(birthMonth)),
        retirementCategory: toFr(BigInt(index)),
        scheme: toFr(1n),
      });
      expect(output(circuit, witness, 'statutoryMonth')).toBe(BigInt(birthMonth + 720));
      expect(output(circuit, witness, 'earliestMonth')).toBe(BigInt(birthMonth + 720));
      const code = retirementMonths({ birthMonth, retirementCategory: index, scheme: 1 });
      expect(code?.statutoryMonth).toBe(birthMonth + 720);
    }
  });
});

describe('examples of the Decision', () => {
  it.each([
    ['1965-01', 0, '2025-02'],
    ['1965-05', 0, '2025-07'],
    ['1964-12', 0, '2024-12'],
    ['1976-09', 0, '2039-09'],
    ['1970-01', 1, '2025-02'],
    ['1981-09', 1, '2039-09'],
    ['1984-11', 2, '2039-11'],
  ])('%s, category %i → %s', (birth, retirementCategory, month) => {
    const months = retirementMonths({
      birthMonth: parseMonth(birth),
      retirementCategory,
      scheme: 0,
    });
    expect(formatMonth(months?.statutoryMonth ?? toMonthIndex(0))).toBe(month);
  });
});

describe('what the rule does not know', () => {
  it.each([
    { retirementCategory: 3, scheme: 0 },
    { retirementCategory: 0, scheme: 2 },
    { retirementCategory: 0, scheme: 3 },
  ])(
    '%o is refused by code and circuit',
    async ({ retirementCategory, scheme }) => {
      const circuit = await libCircuit('pension/retirement-months.circom', 'RetirementMonths()');
      expect(
        retirementMonths({ birthMonth: parseMonth('1970-01'), retirementCategory, scheme }),
      ).toBeUndefined();
      expect(() =>
        circuit.program.calculate({
          birthMonth: toFr(840n),
          retirementCategory: toFr(BigInt(retirementCategory)),
          scheme: toFr(BigInt(scheme)),
        }),
      ).toThrow(/refuses/);
    },
    60_000,
  );
});

describe('minimum months', () => {
  /** Art. 2 of the Decision and its second annex. */
  const annex: Record<number, number> = {
    2025: 180,
    2026: 180,
    2027: 180,
    2028: 180,
    2029: 180,
    2030: 186,
    2031: 192,
    2032: 198,
    2033: 204,
    2034: 210,
    2035: 216,
    2036: 222,
    2037: 228,
    2038: 234,
    2039: 240,
    2040: 240,
    2053: 240,
  };

  it('follow the annex in every month, in code and in circuit', async () => {
    const circuit = await libCircuit('pension/minimum-months.circom', 'MinimumMonths()');
    for (
      let index = parseMonth('2025-01');
      index <= parseMonth('2040-12');
      index = toMonthIndex(index + 1)
    ) {
      const expected = annex[yearOf(index)] ?? 0;
      expect(minimumMonths(index, 0)).toBe(expected);
      expect(minimumMonths(index, 1)).toBe(180);
      for (const [isResident, months] of [
        [0n, expected],
        [1n, 180],
      ] as const) {
        const witness = circuit.program.calculate({
          month: toFr(BigInt(index)),
          isResident: toFr(isResident),
        });
        expect(output(circuit, witness, 'months')).toBe(BigInt(months));
      }
    }
  }, 60_000);
});
