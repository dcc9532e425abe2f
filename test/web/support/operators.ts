import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/core/clock.ts';
import { packageRoot } from '../../../src/keys/paths.ts';
import { openHome } from '../../../src/runtime/home.ts';
import { developmentToken } from '../../../src/service/operators/development-issuer.ts';
import type { OperatorRole } from '../../../src/service/operators/operator.ts';
import { openPages, type PagesUnderTest } from './pages.ts';

/** The pages, and tokens for whoever works at the bureau. */
export interface BureauUnderTest extends AsyncDisposable {
  readonly pages: PagesUnderTest;
  /** @param secondsAgo when it was made; it is good for eight hours */
  token(roles: readonly OperatorRole[], secondsAgo?: number): Promise<string>;
}

export async function openBureauPages(
  environment: Readonly<Record<string, string>> = {},
): Promise<BureauUnderTest> {
  const home = await mkdtemp(join(tmpdir(), 'canbao-bureau-pages-'));
  const pages = await openPages({ ...environment, CANBAO_HOME: home });
  return {
    pages,
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
 */
export async function novemberExport(): Promise<Buffer> {
  const path = join(packageRoot, 'demo', 'xiamen', 'contributions.csv');
  const [head = '', ...lines] = (await readFile(path, 'latin1')).split(/\r?\n/);
  const rows = lines
    .filter((line) => line.includes(',202610,202610,'))
    .map((line) => line.replace(',202610,202610,', ',202611,202611,'));
  const [first = ''] = rows;
  const wrong = [
    // The check character of an ID number, and a base below zero.
    first.replace(/^(\d{17})(.)/, (_, number, check) => number + (check === '0' ? '1' : '0')),
    first.replace(/,[\d.]+,1$/, ',-5,1'),
  ];
  return Buffer.from([head, ...rows, ...wrong, ''].join('\n'), 'latin1');
}
