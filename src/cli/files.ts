import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CanbaoError } from '../core/errors/canbao-error.ts';

/** No file of ours that is read whole comes near it. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;

/** Reads a JSON file a person named. @throws cli.no_file, cli.bad_file */
export async function readJsonFile(path: string): Promise<unknown> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CanbaoError('cli.no_file', { path });
    throw new CanbaoError('cli.bad_file', { path, reason: cause.code ?? 'unreadable' }, cause);
  });
  if (bytes.length > MAX_JSON_BYTES) {
    throw new CanbaoError('cli.bad_file', { path, reason: 'too large' });
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new CanbaoError('cli.bad_file', { path, reason: 'not JSON' }, cause);
  }
}

/**
 * Writes indented JSON, making the folder.
 * @param isSecret readable by the owner alone
 * @throws cli.unwritable
 */
export async function writeJsonFile(path: string, value: unknown, isSecret = false): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${JSON.stringify(value, null, 2)}\n`, isSecret ? { mode: 0o600 } : {});
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new CanbaoError('cli.unwritable', { path, reason }, cause);
  }
}
