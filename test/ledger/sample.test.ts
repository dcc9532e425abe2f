import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatMonth } from '../../src/core/month.ts';
import { parseCreditCode } from '../../src/ledger/employer.ts';
import { parseIdNumber } from '../../src/ledger/id-number.ts';
import { seededRandom } from '../../src/ledger/sample/random.ts';
import { makeSample } from '../../src/ledger/sample/sample.ts';
import { demoSample, writeSample } from '../../src/ledger/sample/write-sample.ts';
import { withFolder } from './stores.ts';

describe('the sample', () => {
  it('of the demo is, byte for byte, what is kept under demo/', async () => {
    await withFolder(async (folder) => {
      const paths = await writeSample({ ...demoSample, folder });
      expect(paths).toHaveLength(6);
      for (const path of paths) {
        const [made, kept] = [
          await readFile(join(folder, path)),
          await readFile(join('demo', path)),
        ];
        expect(made.equals(kept), path).toBe(true);
      }
    });
  });

  it('draws other people from another seed', () => {
    const numbers = (seed: number) => makeSample(seed, 20).people.map(({ idNumber }) => idNumber);
    expect(numbers(1)).toEqual(numbers(1));
    expect(numbers(1)).not.toEqual(numbers(2));
  });

  it('has valid numbers and one record a key, and spans what real ledgers do', () => {
    const { people } = makeSample(3, 400);
    for (const { idNumber, months, facts } of people) {
      expect(parseIdNumber(idNumber)).toBe(idNumber);
      for (const { employer } of months)
        if (employer) expect(parseCreditCode(employer)).toBe(employer);
      expect(new Set(months.map(({ month }) => month)).size).toBe(months.length);
      expect(facts.deemedMonths).toBeLessThan(1024);
    }
    const months = people.flatMap((person) => person.months);
    const share = (some: readonly unknown[], all: readonly unknown[]) => some.length / all.length;
    expect(new Set(people.map(({ idNumber }) => idNumber)).size).toBe(people.length);
    expect(formatMonth(months.map(({ month }) => month).reduce((a, b) => (a < b ? a : b)))).toBe(
      '2004-01',
    );
    expect(
      share(
        months.filter(({ employer }) => employer === null),
        months,
      ),
    ).toBeGreaterThan(0.05);
    expect(
      share(
        months.filter(({ settled, month }) => settled !== null && settled > month),
        months,
      ),
    ).toBeGreaterThan(0.001);
    expect(months.some(({ settled }) => settled === null)).toBe(true);
    const moved = people.filter(
      (person) => new Set(person.months.map(({ bureau }) => bureau)).size > 1,
    );
    expect(share(moved, people)).toBeGreaterThan(0.1);
    for (const has of [
      people.filter(({ facts }) => facts.deemedMonths > 0),
      people.filter(({ facts }) => facts.pensionSince > 0),
      people.filter(({ facts }) => facts.unemploymentClaimedMonths > 0),
      people.filter(({ facts }) => facts.scheme === 1),
      people.filter(({ months }) => months.length > 165 && months.length < 195),
    ]) {
      expect(has.length).toBeGreaterThan(3);
    }
  });

  it('has its first numbers fixed, so that seeds keep their meaning', () => {
    const random = seededRandom(1);
    expect(Array.from({ length: 4 }, () => random.int(0, 999))).toMatchInlineSnapshot(`
      [
        782,
        275,
        993,
        713,
      ]
    `);
  });
});
