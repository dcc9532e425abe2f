import { insurances } from '../insurance.ts';
import type { BrokenRow } from './broken-rows.ts';
import {
  fuzhouBrokenContributions,
  xiamenBrokenContributions,
  xiamenBrokenPersons,
} from './broken-rows.ts';
import {
  fuzhouContributionColumns,
  fuzhouContributionRow,
  fuzhouPersonColumns,
  fuzhouPersonRow,
} from './fuzhou-export.ts';
import { knownPerson, scripts } from './known-people.ts';
import { sampleCreditCode } from './numbers.ts';
import { type Bureau, districts, type SamplePerson } from './person.ts';
import { type Random, seededRandom } from './random.ts';
import { type Employers, randomPerson } from './random-person.ts';
import {
  xiamenContributionColumns,
  xiamenContributionRows,
  xiamenPersonColumns,
  xiamenPersonRow,
} from './xiamen-export.ts';

/** A person with a known part in a demonstration. */
export interface KnownPerson {
  readonly role: string;
  readonly person: SamplePerson;
}

/** An invented ledger: the scripted people first, then as many at random as asked for. */
export interface Sample {
  readonly people: readonly SamplePerson[];
  readonly known: readonly KnownPerson[];
}

/** One file of an export. Rows come person by person and can be read once a call. */
export interface ExportFile {
  /** `xiamen/contributions.csv`. */
  readonly path: string;
  readonly encoding: 'gb18030' | 'utf8';
  /** First bytes of the file. */
  readonly prefix: string;
  readonly newline: string;
  rows(): Iterable<readonly string[]>;
}

/** @param people at least as many as there are scripted people */
export function makeSample(seed: number, people: number): Sample {
  const random = seededRandom(seed);
  const employers: Employers = {
    xiamen: drawEmployers(random, 'xiamen', Math.max(8, Math.round(people / 20))),
    fuzhou: drawEmployers(random, 'fuzhou', Math.max(8, Math.round(people / 20))),
  };
  const known = scripts.map((script) => ({
    role: script.role,
    person: knownPerson(random, employers, script),
  }));
  const others = Array.from({ length: Math.max(0, people - known.length) }, () =>
    randomPerson(random, employers),
  );
  return { people: [...known.map(({ person }) => person), ...others], known };
}

function drawEmployers(random: Random, bureau: Bureau, count: number) {
  return Array.from({ length: count }, () => {
    const [region] = random.pick(districts[bureau]);
    return [sampleCreditCode(random, region), region] as const;
  });
}

/** The four files two bureaus would hand over, with a few broken rows among the good ones. */
export function exportFiles({ people }: Sample): ExportFile[] {
  const at = (bureau: Bureau) => people.filter((person) => person.home === bureau);
  const xiamen = { encoding: 'gb18030', prefix: '', newline: '\r\n' } as const;
  const fuzhou = { encoding: 'utf8', prefix: '\ufeff', newline: '\n' } as const;
  return [
    {
      ...xiamen,
      path: 'xiamen/persons.csv',
      rows: () =>
        withBroken(xiamenPersonColumns, at('xiamen'), xiamenBrokenPersons, (person) => [
          xiamenPersonRow(person),
        ]),
    },
    {
      ...xiamen,
      path: 'xiamen/contributions.csv',
      rows: () =>
        withBroken(xiamenContributionColumns, people, xiamenBrokenContributions, (person) =>
          monthsAt(person, 'xiamen').flatMap((month) => xiamenContributionRows(person, month)),
        ),
    },
    {
      ...fuzhou,
      path: 'fuzhou/persons.csv',
      rows: () =>
        // One who moved away is still in the old bureau's file.
        withBroken(fuzhouPersonColumns, [...at('fuzhou'), ...movedAway(people)], [], (person) => [
          fuzhouPersonRow(person),
        ]),
    },
    {
      ...fuzhou,
      path: 'fuzhou/contributions.csv',
      rows: () =>
        withBroken(fuzhouContributionColumns, people, fuzhouBrokenContributions, (person) =>
          monthsAt(person, 'fuzhou').map((month) => fuzhouContributionRow(person, month)),
        ),
    },
  ];
}

const monthsAt = (person: SamplePerson, bureau: Bureau) =>
  person.months.filter((month) => month.bureau === bureau);

function movedAway(people: readonly SamplePerson[]): SamplePerson[] {
  const moved = people.find(
    (person) => person.home === 'xiamen' && monthsAt(person, 'fuzhou').length > 0,
  );
  return moved ? [moved] : [];
}

/** Header, then each person's rows; after each of the first people's that serve, one broken row. */
function* withBroken(
  header: readonly string[],
  people: readonly SamplePerson[],
  broken: readonly BrokenRow[],
  rowsOf: (person: SamplePerson) => readonly string[][],
): Iterable<readonly string[]> {
  yield header;
  let next = 0;
  for (const person of people) {
    const rows = rowsOf(person);
    yield* rows;
    // The last row of the export's people repeats over them, so that few people carry all faults.
    const employed = person.months.at(-1)?.owed.length === insurances.length;
    const from = rows.at(-1);
    for (let i = 0; from && employed && i < 2 && next < broken.length; i++) {
      yield broken[next++]?.break(from) ?? [];
    }
  }
}
