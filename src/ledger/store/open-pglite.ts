import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** int8 as number: ids and fen stay far below 2^53. */
const parsers = { 20: Number };
const FRESH = 'fresh-';

/**
 * Opens PGlite in `folder/data`. A new directory is made aside and renamed when it is whole, so
 * that a first start killed half-way leaves one that opens. Assumes the folder's lock is held.
 * Without a folder the database lives in memory.
 */
export async function openPglite(folder?: string): Promise<PGlite> {
  if (folder === undefined) return PGlite.create({ parsers });
  const data = join(folder, 'data');
  for (const name of readdirSync(folder)) {
    if (name.startsWith(FRESH)) rmSync(join(folder, name), { recursive: true });
  }
  if (!existsSync(data)) {
    const aside = join(folder, `${FRESH}${process.pid}`);
    mkdirSync(aside);
    const fresh = await PGlite.create({ dataDir: aside });
    await fresh.close();
    renameSync(aside, data);
  }
  return PGlite.create({ dataDir: data, parsers });
}
