import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/keys/paths.ts';

/** All that pages are made of. */
const sources = ['web', 'src', 'circuits/statements', 'package-lock.json', 'scripts/pages'];

/** Whether a built file is there and newer than every source. */
export async function areCurrent(built: string): Promise<boolean> {
  const made = await stat(built).catch(() => undefined);
  if (!made) return false;
  for (const source of sources) {
    if ((await newest(join(packageRoot, source))) > made.mtimeMs) return false;
  }
  return true;
}

async function newest(path: string): Promise<number> {
  const own = await stat(path);
  if (!own.isDirectory()) return own.mtimeMs;
  const entries = await readdir(path, { withFileTypes: true });
  const times = await Promise.all(entries.map((entry) => newest(join(path, entry.name))));
  // A folder's own time tells what was taken out of it.
  return Math.max(own.mtimeMs, ...times);
}
