import { creditCodeCheck } from '../../src/ledger/employer.ts';
import { idNumberCheck } from '../../src/ledger/id-number.ts';
import { longHeader, longRow } from './stores.ts';

/** An invented person of `longMapping` files. */
export function idOf(person: number): string {
  const first17 = `35020319${80 + (person % 20)}0101${String(person % 1000).padStart(3, '0')}`;
  return first17 + idNumberCheck(first17);
}

export function employerOf(number: number): string {
  const first17 = `91350203${String(number).padStart(9, '0')}`;
  return first17 + creditCodeCheck(first17);
}

const owed = (i: number) => `${2010 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;

/** Some months of pension insurance of each of some persons, all of them good. */
export function goodRows(persons: readonly number[], months: number): string[] {
  return persons.flatMap((person) =>
    Array.from({ length: months }, (_, i) =>
      longRow({
        ...{ id: idOf(person), owed: owed(i), settled: owed(i), base: String(5000 + i) },
        employer: employerOf(person % 7),
      }),
    ),
  );
}

/** What comes in when the same bureau sends its records again: all that can become of a row. */
export function laterRows(before: readonly string[], persons: readonly number[]): string[] {
  const again = before.flatMap((row, i) => {
    if (i % 11 === 0) return row.replace(/,5\d{3},/, ',7000,');
    return i % 13 === 0 ? [row, row] : row;
  });
  const fresh = goodRows(persons, 24).flatMap((row, i) => {
    if (i % 17 === 0) return row.replace(',350203,', ',3502O3,');
    return i % 19 === 0 ? `${row},one too many` : row;
  });
  // Said far from their first: as it was, and differently.
  const echoes = [...again, ...fresh].filter((_, i) => i % 23 === 0);
  return [
    ...again,
    ...fresh,
    ...echoes,
    ...echoes.map((row) => row.replace(/,\d{4},350/, ',9999,350')),
  ];
}

export const csvOf = (rows: readonly string[]) => `${[longHeader, ...rows].join('\n')}\n`;
