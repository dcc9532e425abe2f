import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../src/keys/paths.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { unusedAnswers } from './answers-check.ts';
import { type Arguments, readArguments, usage } from './arguments.ts';
import type { CheckResult } from './check.ts';
import { checks } from './checks.ts';
import { checkContext } from './context.ts';
import { circuitsHash, keepFigures, readFigures } from './figures.ts';
import { reportFile, reportText } from './report.ts';
import { resultLines } from './result-lines.ts';
import { clearProgress, progressTo } from './terminal.ts';

/**
 * `npm run soundness`: attacks every circuit of the registry. Exits 0 if nothing survives, 1 if
 * something does, 2 for wrong options. A check run in full keeps its figures in docs/soundness/, and
 * docs/soundness.md is written from them.
 */
async function main(): Promise<number> {
  let options: Arguments;
  try {
    options = readArguments(process.argv.slice(2), {
      checks: checks.map(({ name }) => name),
      statements: statementRegistry.all().map(({ name }) => name),
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  const context = checkContext({ ...options, progress: progressTo(process.stderr) });
  const results: CheckResult[] = [];
  for (const check of checks.filter(({ name }) => options.checks.includes(name))) {
    const started = performance.now();
    for await (const result of check.run(context)) {
      clearProgress(process.stderr);
      process.stderr.write(`${resultLines(result).join('\n')}\n`);
      results.push(result);
    }
    if (options.isFull) {
      const own = results.filter((result) => result.check === check.name);
      const circuits = await circuitsHash();
      await keepFigures({ check: check.name, seed: options.seed, circuits, results: own });
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stderr.write(`  ${check.name}: ${seconds} s\n`);
  }
  if (options.isFull) results.push(...(await writeReport()));
  const ok = results.every(({ survivors }) => survivors.length === 0);
  if (options.isJson) {
    const { seed, isQuick } = options;
    console.log(JSON.stringify({ ok, seed, quick: isQuick, results }));
  }
  return ok ? 0 : 1;
}

/** Writes the report of all figures kept; once every check is there, unused answers are found too. */
async function writeReport(): Promise<CheckResult[]> {
  const kept = await readFigures(checks.map(({ name }) => name));
  const circuits = await circuitsHash();
  const path = join(packageRoot, reportFile);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await reportText(kept, circuits));
  const isWhole = checks.every(({ name }) =>
    kept.some((figures) => figures.check === name && figures.circuits === circuits),
  );
  if (!isWhole) return [];
  const unused = unusedAnswers(
    checks,
    kept.flatMap(({ results }) => results),
  );
  process.stderr.write(`${resultLines(unused).join('\n')}\n`);
  return [unused];
}

process.exitCode = await main();
