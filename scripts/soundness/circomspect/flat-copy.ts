import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { packageRoot } from '../../../src/keys/paths.ts';

const require = createRequire(import.meta.url);
const circuits = join(packageRoot, 'circuits');

/** Where each file of ours lies in a {@link flatCopy}: its name there, its path below the package. */
export type FlatFiles = ReadonlyMap<string, string>;

/**
 * Copies our circuits and circomlib into one folder, includes rewritten line by line: circomspect
 * takes no library folders, and judges a template better when it finds what that includes.
 */
export async function flatCopy(folder: string): Promise<FlatFiles> {
  const library = join(dirname(require.resolve('circomlib/package.json')), 'circuits');
  const searched = [join(circuits, 'lib'), join(circuits, 'generated'), library];
  const own = await circomFiles(circuits);
  const all = new Set([...own, ...(await circomFiles(library))]);
  await mkdir(folder, { recursive: true });
  for (const file of all) {
    const source = await readFile(file, 'utf8');
    const rewritten = source.replace(/^include "([^"]+)"/gm, (line, path: string) => {
      const found = [dirname(file), ...searched].map((from) => resolve(from, path));
      const target = found.find((candidate) => all.has(candidate));
      return target === undefined ? line : `include "${flatName(target)}"`;
    });
    await writeFile(join(folder, flatName(file)), rewritten);
  }
  return new Map(own.map((file) => [flatName(file), relative(packageRoot, file)]));
}

/** `circuits/lib/tree/tree-root.circom` → `lib--tree--tree-root.circom`; circomlib's keep their names. */
function flatName(file: string): string {
  const below = relative(circuits, file);
  return below.startsWith('..') ? basename(file) : below.replaceAll('/', '--');
}

async function circomFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.circom'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
