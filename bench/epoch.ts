import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../src/keys/paths.ts';
import { epochReport } from './epoch/epoch-report.ts';
import type { LedgerFigures } from './epoch/measure-ledger.ts';

/**
 * `npm run bench -- epoch [--sizes=10000,100000]`: generated ledgers imported, closed, closed again a
 * month later; on PostgreSQL where `DATABASE_URL` names one. A million people take half an hour and
 * some gigabytes of disk.
 */
const SIZES = [10_000, 100_000, 1_000_000];
/** Months on record of everybody. */
const MONTHS = 2;
/** Fewer people with a long record: what a month of it costs. */
const LONG = { people: 3000, months: 60 };

export interface EpochFigures {
  readonly cores: number;
  readonly sizes: readonly LedgerFigures[];
  readonly long: LedgerFigures;
}

export async function run(args: readonly string[]): Promise<EpochFigures> {
  const asked = args.find((arg) => arg.startsWith('--sizes='))?.slice('--sizes='.length);
  const sizes = asked ? asked.split(',').map(Number) : SIZES;
  const figures: LedgerFigures[] = [];
  for (const people of sizes) {
    figures.push(await measureInProcess(people, MONTHS));
    if (!args.includes('--json')) console.log(summary(figures.at(-1) as LedgerFigures));
  }
  const long = await measureInProcess(LONG.people, LONG.months);
  if (!args.includes('--json')) console.log(summary(long));
  const all = { cores: availableParallelism(), sizes: figures, long };
  if (args.includes('--write')) {
    await writeFile(join(packageRoot, 'docs', 'epoch.md'), epochReport(all));
  }
  return all;
}

async function measureInProcess(people: number, months: number): Promise<LedgerFigures> {
  const program = join(import.meta.dirname, 'epoch', 'measure-ledger.ts');
  const args = ['--import', 'tsx', program, String(people), String(months)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout) as LedgerFigures;
}

function summary({ people, months, engine, imports, first, next, ...rest }: LedgerFigures): string {
  return [
    `${people} people, ${months} months, ${engine}:`,
    `import ${imports.contributions.rowsPerSecond.toFixed(0)} rows/s,`,
    `close ${first.seconds.toFixed(1)} s (${first.leavesPerSecond.toFixed(0)} leaves/s),`,
    `rebuild ${rest.rebuildSeconds.toFixed(1)} s, next month ${next.seconds.toFixed(1)} s,`,
    `inclusion proof ${rest.inclusionProofMs.median.toFixed(1)} ms, peak ${rest.peakMb.toFixed(0)} MB`,
  ].join(' ');
}
