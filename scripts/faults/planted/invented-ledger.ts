import { addMonths, formatMonth, type MonthIndex, parseMonth } from '../../../src/core/month.ts';
import { sampleCreditCode, sampleIdNumber, yyyymmdd } from '../../../src/ledger/sample/numbers.ts';
import { type Random, seededRandom } from '../../../src/ledger/sample/random.ts';

/** First month of the ledger; records begin here, closings two months later. */
export const FIRST_MONTH: MonthIndex = parseMonth('2026-02');

/** One row of the contributions' mapping. */
export interface ContributionRow {
  readonly id: string;
  readonly month: MonthIndex;
  readonly insurance: 'p' | 'm' | 'u';
  readonly base: number;
  readonly region: string;
  readonly employer: string;
  readonly paid: boolean;
}

interface InventedPerson {
  readonly id: string;
  readonly row: string;
  readonly region: string;
  readonly employer: string;
  readonly base: number;
  /** Month the person's records begin. */
  readonly from: MonthIndex;
}

/** A small ledger's people and employers, with what they owe month by month. */
export interface InventedLedger {
  readonly random: Random;
  readonly people: readonly InventedPerson[];
  readonly employers: readonly string[];
  contributions(month: MonthIndex): ContributionRow[];
}

const REGIONS = ['350203', '350206', '350102', '350111'] as const;

export const personsHeader = 'id,sex,birth,category,scheme,status,deemed,pension';
export const contributionsHeader = 'id,owed,settled,base,region,employer,category,insurance,paid';

export function inventLedger(seed: number, count: number): InventedLedger {
  const random = seededRandom(seed);
  const employers = Array.from({ length: 8 }, () => sampleCreditCode(random, random.pick(REGIONS)));
  const ids = new Set<string>();
  const people = Array.from({ length: count }, (_, i) => {
    const male = random.chance(0.5);
    const birth = {
      year: random.int(1962, 2004),
      month: random.int(1, 12),
      day: random.int(1, 28),
    };
    let id = '';
    while (id === '' || ids.has(id)) id = sampleIdNumber(random, REGIONS[0], birth, male);
    ids.add(id);
    const category = male ? '1' : random.pick(['2', '3']);
    const row = [
      id,
      male ? '1' : '2',
      yyyymmdd(birth),
      category,
      '1',
      '1',
      `${random.int(0, 40)}`,
      '',
    ];
    return {
      id,
      row: row.join(','),
      region: random.pick(REGIONS),
      // Some work for themselves; the first see to it that every employer has somebody.
      employer: i % 9 === 8 ? '' : (employers[i] ?? random.pick(employers)),
      base: random.int(3000, 20_000),
      from: addMonths(FIRST_MONTH, i % 10 === 9 ? random.int(1, 5) : 0),
    };
  });
  const contributions = (month: MonthIndex) =>
    people
      .filter(({ from }) => from <= month)
      .flatMap(({ id, base, region, employer }) =>
        (['p', 'm', 'u'] as const)
          .filter((insurance) => insurance !== 'u' || employer !== '')
          .map((insurance) => ({
            ...{ id, month, insurance, base, region, employer },
            paid: !random.chance(0.03),
          })),
      );
  return { random, people, employers, contributions };
}

/** A row of the file. */
export function contributionLine(row: ContributionRow): string {
  const { id, month, insurance, base, region, employer, paid } = row;
  const owed = formatMonth(month);
  const category = employer === '' ? 'f' : 'e';
  const settled = paid ? owed : '';
  return [id, owed, settled, base, region, employer, category, insurance, paid ? 'y' : 'n'].join(
    ',',
  );
}
