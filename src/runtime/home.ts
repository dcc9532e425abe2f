import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CanbaoError } from '../core/errors/canbao-error.ts';

/** The folder a bureau's or a holder's files are kept in, `--home` or `CANBAO_HOME`. */
export interface Home {
  readonly folder: string;
  path(...names: string[]): string;
  /**
   * A secret of `bytes` random bytes, made at first use, readable by its owner alone.
   * @throws cli.bad_file
   */
  secret(name: string, bytes: number): Promise<Uint8Array>;
}

export function openHome(folder: string): Home {
  const root = resolve(folder);
  const path = (...names: string[]) => join(root, ...names);
  return {
    folder: root,
    path,
    async secret(name, bytes) {
      const file = path('secrets', name);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await createOnce(file, randomBytes(bytes).toString('hex'));
      const text = (await readFile(file, 'utf8')).trim();
      if (!new RegExp(`^[0-9a-f]{${2 * bytes}}$`).test(text)) {
        throw new CanbaoError('cli.bad_file', {
          path: file,
          reason: `${bytes} bytes in hex expected`,
        });
      }
      return Buffer.from(text, 'hex');
    },
  };
}

/** Writes a file that does not exist yet, whole or not at all; leaves one that does. */
async function createOnce(file: string, content: string): Promise<void> {
  if (existsSync(file)) return;
  const scratch = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(scratch, 'wx', 0o600);
  try {
    await handle.writeFile(`${content}\n`);
    await handle.sync();
    await link(scratch, file);
  } catch (error) {
    // Another process was faster: its content counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await handle.close();
    await rm(scratch);
  }
}
