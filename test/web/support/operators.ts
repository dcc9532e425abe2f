import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/core/clock.ts';
import { presentMonth } from '../../../src/core/month.ts';
import { packageRoot } from '../../../src/keys/paths.ts';
import { importFile } from '../../../src/ledger/import/import-file.ts';
import { type Mapping, readMapping } from '../../../src/ledger/import/mapping.ts';
import { toPepper } from '../../../src/ledger/person-hash.ts';
import { openStore } from '../../../src/ledger/store/open-store.ts';
import { openHome } from '../../../src/runtime/home.ts';
import { developmentToken } from '../../../src/service/operators/development-issuer.ts';
import type { OperatorRole } from '../../../src/service/operators/operator.ts';
import { ended } from '../../service/bureau/operators.ts';
import { callingUrl } from '../../support/call-service.ts';
import { openPages, type PagesUnderTest } from './pages.ts';

/** The pages, and tokens for whoever works at the bureau. */
export interface BureauUnderTest extends AsyncDisposable {
  readonly pages: PagesUnderTest;
  readonly home: string;
  /** @param secondsAgo when it was made; it is good for eight hours */
  token(roles: readonly OperatorRole[], secondsAgo?: number): Promise<string>;
}

export async function openBureauPages(
  environment: Readonly<Record<string, string>> = {},
): Promise<BureauUnderTest> {
  const home = await mkdtemp(join(tmpdir(), 'canbao-bureau-pages-'));
  const pages = await openPages({ ...environment, CANBAO_HOME: home });
  return {
    ...{ pages, home },
    token(roles, secondsAgo = 0) {
      const clock = () => systemClock() - secondsAgo;
      const subject = `wang-${roles.join('-')}`;
      return developmentToken(openHome(home), { subject, roles, audience: 'canbao', clock });
    },
    async [Symbol.asyncDispose]() {
      await pages[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/**
 * The sample's contributions of October 2026 once more, for November: some rows of the export with
 * other months, four of them wrong on purpose, and two more that cannot be right. GB18030, as the sample's mapping reads it.
 * @param corrected with another base for one person
 */
export async function novemberExport({ corrected = false } = {}): Promise<Buffer> {
  const path = join(packageRoot, 'demo', 'xiamen', 'contributions.csv');
  const [head = '', ...lines] = (await readFile(path, 'latin1')).split(/\r?\n/);
  const rows = lines
    .filter((line) => line.includes(',202610,202610,'))
    .map((line) => line.replace(',202610,202610,', ',202611,202611,'))
    .map((line) => (corrected ? line.replace(/,15032\.00,1$/, ',15100.00,1') : line));
  const [first = ''] = rows;
  const wrong = [
    // The check character of an ID number, and a base below zero.
    first.replace(/^(\d{17})(.)/, (_, number, check) => number + (check === '0' ? '1' : '0')),
    first.replace(/,[\d.]+,1$/, ',-5,1'),
  ];
  return Buffer.from([head, ...rows, ...wrong, ''].join('\n'), 'latin1');
}

/** Has a file of the sample's contributions imported, as an operator's own program would. */
export async function importContributions(
  { pages, token }: BureauUnderTest,
  name: string,
  file: Buffer,
): Promise<void> {
  const form = new FormData();
  form.append('mapping', JSON.stringify(await sampleMapping()));
  form.append('file', new Blob([new Uint8Array(file)]), name);
  const bearer = await token(['importer']);
  const headers = { authorization: `Bearer ${bearer}` };
  const path = '/v1/bureau/imports';
  const begun = await fetch(`${pages.url}${path}`, { method: 'POST', headers, body: form });
  const { id } = (await begun.json()) as { id: string };
  const call = callingUrl(pages.url);
  const { state } = await ended(
    async () => (await call('GET', `${path}/${id}`, { token: bearer })).body,
  );
  if (state !== 'done') throw new Error(`the import of ${name} has ${state}`);
}

/** Imports the first rows of a file into the ledger of a home that nobody serves, and no more. */
export async function importBeginning(home: string, name: string, file: Buffer): Promise<void> {
  const opened = openHome(home);
  const store = await openStore({ folder: join(home, 'ledger') });
  const path = join(home, name);
  await writeFile(path, file);
  const stop = new Error('cut short');
  try {
    await importFile(store, {
      ...{ file: path, mapping: await sampleMapping(), present: presentMonth(systemClock) },
      ...{ pepper: toPepper(await opened.secret('person-numbers', 32)), stepRows: 5 },
      onProgress() {
        throw stop;
      },
    });
  } catch (error) {
    if (error !== stop) throw error;
  } finally {
    await store.close();
  }
}

function sampleMapping(): Promise<Mapping> {
  return readMapping(join(packageRoot, 'demo', 'mappings', 'xiamen-contributions.json'));
}
