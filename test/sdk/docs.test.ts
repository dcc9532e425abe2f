import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/keys/paths.ts';

/** Within the package, so that `canbao/sdk` is found as by who installed it. */
const builds = join(packageRoot, 'build');
let folder: string;

beforeAll(async () => {
  await mkdir(builds, { recursive: true });
  folder = await mkdtemp(join(builds, 'snippets-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('every TypeScript snippet of docs/sdk.md is right', async () => {
  const text = await readFile(join(packageRoot, 'docs', 'sdk.md'), 'utf8');
  const snippets = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => `${code}`);
  expect(snippets.length).toBeGreaterThan(4);
  for (const [i, code] of snippets.entries()) await writeFile(join(folder, `${i}.ts`), code);
  const config = { extends: '../../tsconfig.json', include: ['*.ts'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const said = await new Promise<string>((resolve) => {
    const tsc = join(packageRoot, 'node_modules', '.bin', 'tsc');
    execFile(tsc, ['-p', folder], (_, stdout, stderr) => resolve(stdout + stderr));
  });
  // Faults of other files are found elsewhere.
  expect(said.split('\n').filter((line) => line.includes('snippets-'))).toEqual([]);
});
