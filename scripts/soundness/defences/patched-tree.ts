import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../../src/keys/paths.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { applyPatch, type SourcePatch } from './bug-table.ts';

const run = promisify(execFile);

/** What a test needs of the package, copied; the rest is linked. */
const COPIED = [
  'src',
  'circuits',
  'contracts',
  'kernels',
  'scripts',
  'test',
  'policies',
  'demo',
  'package.json',
  'tsconfig.json',
];
const LINKED = ['keys'];
/** The compiler follows no link out of the folder it is given. */
const COPIED_PACKAGE = 'circomlib';

/** A copy of the package with patches in it, removed when disposed of. */
export async function patchedTree(patches: readonly SourcePatch[]): Promise<PatchedTree> {
  const scratch = await scratchFolder('defence');
  const folder = scratch.path;
  for (const name of COPIED)
    await cp(join(packageRoot, name), join(folder, name), { recursive: true });
  for (const name of LINKED) await symlink(join(packageRoot, name), join(folder, name));
  await linkPackages(folder);
  await mkdir(join(folder, 'build'));
  await symlink(join(packageRoot, 'build', 'circuits'), join(folder, 'build', 'circuits'));
  await writeFile(join(folder, 'vitest.config.ts'), CONFIG);
  for (const patch of patches) {
    const file = join(folder, patch.file);
    await writeFile(file, applyPatch(await readFile(file, 'utf8'), patch));
  }
  // Contracts run from what is generated of them; circuits and tables must stay as they are.
  if (patches.some(({ file }) => file.endsWith('.sol'))) {
    await run(process.execPath, ['--import', 'tsx', 'scripts/gen.ts'], { cwd: folder });
  }
  return {
    outcome: (test) => outcome(folder, test),
    [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
  };
}

async function linkPackages(folder: string): Promise<void> {
  const [from, to] = [join(packageRoot, 'node_modules'), join(folder, 'node_modules')];
  await mkdir(to);
  for (const name of await readdir(from)) {
    if (name !== COPIED_PACKAGE) await symlink(join(from, name), join(to, name));
  }
  await cp(join(from, COPIED_PACKAGE), join(to, COPIED_PACKAGE), { recursive: true });
}

export interface PatchedTree extends AsyncDisposable {
  /** What becomes of the named tests of a file. */
  outcome(test: { readonly file: string; readonly name: string }): Promise<Outcome>;
}

/** `not run`: no test of that name, or the file does not load; a patch that breaks the file proves nothing. */
export type Outcome = 'passed' | 'failed' | 'not run';

interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

/** Keys and circuits are made before; a run that finds no test by the name must fail. */
const CONFIG = `export default { test: { include: ['test/**/*.test.ts'], testTimeout: 120000, hookTimeout: 240000 } };\n`;

async function outcome(
  folder: string,
  { file, name }: { file: string; name: string },
): Promise<Outcome> {
  const vitest = join(packageRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const args = [vitest, 'run', file, '-t', pattern, '--reporter=json'];
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  const start = stdout.indexOf('{"numTotalTestSuites"');
  if (start < 0) return 'not run';
  const { success, numPassedTests, numFailedTests } = JSON.parse(stdout.slice(start)) as Report;
  if (numFailedTests > 0) return 'failed';
  return success && numPassedTests > 0 ? 'passed' : 'not run';
}
