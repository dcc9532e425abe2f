import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { formatMonth, toMonthIndex } from '../../core/month.ts';
import { knownEmployers } from './known-employers.ts';
import { type ExportFile, exportFiles, type KnownPerson, makeSample } from './sample.ts';

export interface SampleOptions {
  readonly seed: number;
  /** At least 9: the scripted people come first. */
  readonly people: number;
  readonly folder: string;
  readonly onProgress?: (progress: { readonly file: string; readonly rows: number }) => void;
}

/** The sample that is kept under `demo/`. */
export const demoSample = { seed: 1, people: 26 } as const;

/** Rows a chunk: some hundred kilobytes. */
const CHUNK_ROWS = 2000;

/**
 * Writes the exports of an invented ledger, and `people.json` and `employers.json`, which name whom a
 * demonstration is about.
 * Equal seeds write equal bytes.
 * @returns the paths written, relative to the folder
 */
export async function writeSample(options: SampleOptions): Promise<string[]> {
  const { folder, onProgress } = options;
  const sample = makeSample(options.seed, options.people);
  const paths: string[] = [];
  for (const file of exportFiles(sample)) {
    const path = join(folder, file.path);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(
      Readable.from(chunks(file, (rows) => onProgress?.({ file: file.path, rows }))),
      createWriteStream(path),
    );
    paths.push(file.path);
  }
  const known = {
    'people.json': sample.known.map(describePerson),
    'employers.json': knownEmployers(sample.people),
  };
  for (const [path, content] of Object.entries(known)) {
    await writeFile(join(folder, path), `${JSON.stringify(content, null, 2)}\n`);
    paths.push(path);
  }
  return paths;
}

function* chunks(file: ExportFile, onRows: (rows: number) => void): Iterable<Buffer> {
  let text = file.prefix;
  let rows = 0;
  for (const row of file.rows()) {
    text += row.join(',') + file.newline;
    if (++rows % CHUNK_ROWS === 0) {
      yield iconv.encode(text, file.encoding);
      onRows(rows);
      text = '';
    }
  }
  yield iconv.encode(text, file.encoding);
  onRows(rows);
}

/** What a demonstration needs to know of a scripted person. All of it is invented. */
export interface KnownPersonFile {
  readonly role: string;
  readonly idNumber: string;
  readonly name: string;
  readonly bureau: string;
  /** `1963-05`. */
  readonly birth: string;
  /** Months of pension insurance paid, and those of them settled late. */
  readonly paidMonths: number;
  readonly lateMonths: number;
  readonly firstMonth: string;
  readonly lastMonth: string;
  /** Employer of the last month; null for flexible workers. */
  readonly employer: string | null;
  /** District of the last month. */
  readonly region: string;
}

function describePerson({ role, person }: KnownPerson): KnownPersonFile {
  const first = person.months[0];
  const last = person.months.at(-1);
  if (!first || !last) throw new RangeError(`${role} has no months`);
  const paid = person.months.filter((month) => month.settled !== null);
  return {
    role,
    idNumber: person.idNumber,
    name: person.name,
    bureau: person.home,
    birth: formatMonth(toMonthIndex(person.facts.birthMonth)),
    paidMonths: paid.length,
    lateMonths: paid.filter(({ month, settled }) => settled !== null && settled > month).length,
    firstMonth: formatMonth(first.month),
    lastMonth: formatMonth(last.month),
    employer: last.employer,
    region: last.region,
  };
}
