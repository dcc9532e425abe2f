import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/keys/paths.ts';
import { encodeAnyRequest } from '../../src/request/any-request.ts';
import { pageHolder, publishedEpochs, requestFor } from '../support/browser/sample-site.ts';

const MINUTES = 60_000;
const run = promisify(execFile);
const installed = join(import.meta.dirname, 'installed');

let folder: string;
/** Runs a program in the folder the package is installed into. */
async function inFolder(program: string, ...args: string[]): Promise<string> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout } = await run(program, args, {
    cwd: folder,
    env: { ...env, NODE_ENV: 'development', CANBAO_HOME: join(folder, 'home') },
    maxBuffer: 2 ** 26,
  });
  return stdout;
}
const inPackage = (...path: string[]) => join(folder, 'node_modules', ...path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-package-'));
  await run('npm', ['pack', '--pack-destination', folder], { cwd: packageRoot });
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}');
  await inFolder('npm', 'install', '--no-audit', '--no-fund', `./${tarball}`);
}, 10 * MINUTES);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('installed into an empty folder, the package', () => {
  test('brings no compiler, of circuits or of TypeScript', () => {
    expect(existsSync(inPackage('canbao', 'package.json'))).toBe(true);
    for (const name of ['circom2', 'circomlib', 'solc', 'typescript', 'tsx', 'vitest']) {
      expect(existsSync(inPackage(name)), name).toBe(false);
    }
  });

  test('tells its story', { timeout: 5 * MINUTES }, async () => {
    const lines = (await inFolder('npx', 'canbao', 'demo', '--json')).trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ ok: true });
  });

  test('proves from JavaScript, and verifies from TypeScript', {
    timeout: 5 * MINUTES,
  }, async () => {
    const request = encodeAnyRequest(requestFor(12n));
    const { mnemonic: words, bundle } = pageHolder;
    const epochs = publishedEpochs;
    await writeFile(join(folder, 'world.json'), JSON.stringify({ request, bundle, words, epochs }));
    for (const file of ['prove-and-verify.mjs', 'verify.mts']) {
      await copyFile(join(installed, file), join(folder, file));
    }
    const { presentation, valid } = JSON.parse(await inFolder('node', 'prove-and-verify.mjs'));
    expect(valid).toBe(true);

    const tsc = join(packageRoot, 'node_modules', '.bin', 'tsc');
    const types = join(packageRoot, 'node_modules', '@types');
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck'];
    await inFolder(tsc, ...options, '--types', 'node', '--typeRoots', types, 'verify.mts');
    const verify = async (shown: unknown) => {
      await writeFile(join(folder, 'shown.json'), JSON.stringify(shown));
      return JSON.parse(await inFolder('node', 'verify.mjs'));
    };
    expect(await verify({ presentation, request, epochs })).toMatchObject({ valid: true });
    const other = encodeAnyRequest(requestFor(11n));
    expect(await verify({ presentation, request: other, epochs })).toMatchObject({
      valid: false,
      reason: 'wrong_request',
    });
  });

  test('serves, pages and all', { timeout: 5 * MINUTES }, async () => {
    const page = await readFile(
      inPackage('canbao', 'build', 'web', 'wallet', 'index.html'),
      'utf8',
    );
    expect(page).toContain('<script');
    const help = await inFolder('npx', 'canbao', 'serve', '--help');
    expect(help).toContain('--sample');
  });
});
