import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatMonth, type MonthIndex, toMonthIndex } from '../../src/core/month.ts';
import { idNumberCheck } from '../../src/ledger/id-number.ts';
import { type Mapping, parseMapping } from '../../src/ledger/import/mapping.ts';
import { sampleCreditCode } from '../../src/ledger/sample/numbers.ts';
import { seededRandom } from '../../src/ledger/sample/random.ts';

/** Regions of Fujian's prefecture-level cities. */
const REGIONS = ['350102', '350203', '350302', '350402', '350502', '350602', '350702', '350802'];
const PEOPLE_AN_EMPLOYER = 20;
const INSURANCES = ['pension', 'medical', 'unemployment'] as const;

/** Files of one ledger: everybody's facts, the months so far, and one month more. */
export interface GeneratedFiles {
  readonly persons: string;
  readonly history: string;
  /** Contributions of some only, in `month` + 1. */
  readonly next: string;
}

const shared = { format: 'canbao/mapping/v1', source: 'bench', encoding: 'utf8' };

export const personsMapping: Mapping = parseMapping({
  ...shared,
  kind: 'persons',
  person: { column: 'id' },
  sex: { column: 'sex', codes: { M: 'male', F: 'female' } },
  birth: { column: 'birth', form: 'YYYYMMDD' },
  retirementCategory: { constant: 'men60' },
  scheme: { constant: 'employees' },
  status: { constant: 'contributing' },
});

export const contributionsMapping: Mapping = parseMapping({
  ...shared,
  kind: 'contributions',
  person: { column: 'id' },
  month: { column: 'month', form: 'YYYY-MM' },
  settled: { column: 'settled', form: 'YYYY-MM' },
  base: { column: 'base' },
  region: { column: 'region' },
  employer: { column: 'employer' },
  category: { constant: 'employee' },
  insurance: {
    form: 'wide',
    columns: Object.fromEntries(INSURANCES.map((name) => [name, name])),
    codes: { 1: 'paid', 0: 'unpaid' },
  },
});

/** Records a row of contributions: one an insurance. */
export const RECORDS_A_ROW = INSURANCES.length;

/**
 * Exports of `people` with `months` months each up to `month`, three insurances a month, employers of
 * twenty; a share of them paid the month after as well.
 */
export async function generate(
  folder: string,
  people: number,
  months: number,
  month: MonthIndex,
  changedShare: number,
): Promise<GeneratedFiles> {
  const random = seededRandom(people);
  const employers = Array.from({ length: Math.ceil(people / PEOPLE_AN_EMPLOYER) }, () =>
    sampleCreditCode(random, '350203'),
  );
  const path = (name: string) => join(folder, `${name}.csv`);
  const write = (name: string, lines: () => Iterable<string>) =>
    pipeline(Readable.from(inBlocks(lines())), createWriteStream(path(name)));
  await write('persons', function* () {
    yield 'id,sex,birth\n';
    for (let i = 0; i < people; i++) yield `${idNumber(i)},${i & 1 ? 'M' : 'F'},${birth(i)}\n`;
  });
  const row = (person: number, owed: MonthIndex) => {
    const text = formatMonth(owed);
    const settled = random.chance(0.02) ? formatMonth(toMonthIndex(owed + 1)) : text;
    const employer = employers[person % employers.length];
    const base = 4000 + ((person * 37) % 9000);
    const region = REGIONS[person % REGIONS.length];
    const states = INSURANCES.map(() => (random.chance(0.995) ? 1 : 0));
    return `${idNumber(person)},${text},${settled},${base},${region},${employer},${states}\n`;
  };
  const header = `id,month,settled,base,region,employer,${INSURANCES}\n`;
  await write('history', function* () {
    yield header;
    for (let ago = months - 1; ago >= 0; ago--) {
      for (let i = 0; i < people; i++) yield row(i, toMonthIndex(month - ago));
    }
  });
  await write('next', function* () {
    yield header;
    for (let i = 0; i < people; i++) {
      if (random.chance(changedShare)) yield row(i, toMonthIndex(month + 1));
    }
  });
  return { persons: path('persons'), history: path('history'), next: path('next') };
}

function* inBlocks(lines: Iterable<string>): Iterable<string> {
  let block = '';
  for (const line of lines) {
    block += line;
    if (block.length < 65_536) continue;
    yield block;
    block = '';
  }
  yield block;
}

const digits = (value: number, width: number) => String(value).padStart(width, '0');

/** A date of birth for each: 28 days of 12 months of forty years. */
function birth(person: number): string {
  const day = person % 28;
  const month = Math.floor(person / 28) % 12;
  const year = Math.floor(person / 336) % 40;
  return `${1960 + year}${digits(month + 1, 2)}${digits(day + 1, 2)}`;
}

/** Distinct for the first hundred million. */
function idNumber(person: number): string {
  const rest = Math.floor(person / 13_440);
  const region = REGIONS[Math.floor(rest / 1000) % REGIONS.length];
  const first17 = `${region}${birth(person)}${digits(rest % 1000, 3)}`;
  return first17 + idNumberCheck(first17);
}
