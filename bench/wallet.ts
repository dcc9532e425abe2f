import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/keys/paths.ts';
import { openPages } from '../test/web/support/pages.ts';
import { measureFirstLoad, measureVisit, type VisitFigures } from './wallet/measure-visit.ts';
import { walletReport } from './wallet/wallet-report.ts';

/** What a person waits for who is sent a link: on a device that never saw the wallet, and again. */
export interface WalletFigures {
  readonly machine: string;
  /** Of the wallet's first screen, as sent. */
  readonly firstLoadBytes: number;
  readonly visits: readonly (VisitFigures & { readonly slower: number })[];
}

/** How many times slower the page's processor is made. */
const SLOWER = [1, 4];

/** `npm run bench -- wallet [--json] [--write]`: the built wallet in Chromium, served on this machine. */
export async function run(args: readonly string[]): Promise<WalletFigures> {
  await using pages = await openPages();
  const visits = [];
  for (const slower of SLOWER) visits.push({ slower, ...(await measureVisit(pages, slower)) });
  const figures: WalletFigures = {
    machine: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? '?'}, Node ${process.version}`,
    firstLoadBytes: await measureFirstLoad(pages),
    visits,
  };
  if (!args.includes('--json')) console.log(walletReport(figures));
  if (args.includes('--write')) {
    await writeFile(join(packageRoot, 'docs', 'wallet-load.md'), walletReport(figures));
  }
  return figures;
}
