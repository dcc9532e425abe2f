import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/keys/paths.ts';
import { openTestService } from '../../test/service/service.ts';
import { knownTo } from './known.ts';
import { fuzz } from './run.ts';

/**
 * `npm run test:fuzz -- [--requests=100000] [--seed=1] [--write]`: the service asked for everything its
 * description allows, and for what it does not. Exits 1 where something answered as it must not.
 */
const option = (name: string, fallback: number) =>
  Number(process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1] ?? fallback);

await using canbao = await openTestService();
const { app } = canbao;
const report = await fuzz({
  app,
  known: await knownTo(canbao),
  requests: option('requests', 100_000),
  seed: option('seed', 1),
});
console.log(JSON.stringify(report, null, 2));
if (process.argv.includes('--write')) {
  const file = join(packageRoot, 'docs', 'faults', 'fuzz.json');
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
}
process.exitCode = report.faults.length === 0 ? 0 : 1;
