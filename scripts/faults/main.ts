import { clearProgress, progressTo } from '../soundness/terminal.ts';
import { type Arguments, readArguments, usage } from './arguments.ts';
import type { FaultCheck, FaultResult } from './check.ts';
import { checks } from './checks.ts';
import { keepFigures, writeReport } from './report.ts';

/**
 * `npm run test:faults`: closes months while the chain, its node or another closer gets in the way.
 * Exits 0 if ledger and chain agree after every round, 1 if not, 2 for wrong options or where a check
 * cannot run.
 */
async function main(): Promise<number> {
  let options: Arguments;
  try {
    options = readArguments(
      process.argv.slice(2),
      checks.map(({ name }) => name),
    );
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  const chosen = checks.filter(({ name }) => options.checks.includes(name));
  for (const { name, unavailable } of chosen) {
    const reason = unavailable?.();
    if (reason === undefined) continue;
    console.error(`${name} cannot run: ${reason}`);
    return 2;
  }
  const results: (FaultResult & { readonly check: string })[] = [];
  for (const check of chosen) {
    const result = await runCheck(check, options);
    results.push({ check: check.name, ...result });
    if (options.isWrite) {
      await keepFigures({ check: check.name, seed: options.seed, ...result });
      await writeReport(checks);
    }
  }
  const ok = results.every(({ failures }) => failures.length === 0);
  if (options.isJson) console.log(JSON.stringify({ ok, seed: options.seed, results }));
  return ok ? 0 : 1;
}

async function runCheck(check: FaultCheck, options: Arguments): Promise<FaultResult> {
  const { isQuick, seed } = options;
  const rounds = options.rounds ?? (isQuick ? check.quickRounds : check.rounds);
  const started = performance.now();
  const result = await check.run(rounds, seed, progressTo(process.stderr));
  clearProgress(process.stderr);
  const { figures, failures } = result;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const mark = failures.length === 0 ? '✓' : '✗';
  const facts = Object.entries(figures).map(([name, count]) => `${name} ${count}`);
  console.error(
    `${mark} ${check.name}: ${facts.join(', ')}; ${failures.length} failures, ${seconds} s`,
  );
  for (const { round, what, found } of failures.slice(0, 20)) {
    console.error(`    round ${round} (${what}): ${found.split('\n').slice(0, 4).join('\n')}`);
  }
  return result;
}

process.exitCode = await main();
