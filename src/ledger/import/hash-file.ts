import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

/** @throws ledger.no_file */
export async function fileSize(file: string): Promise<number> {
  const info = await stat(file).catch((cause) => {
    throw new CanbaoError('ledger.no_file', { file: basename(file) }, cause);
  });
  if (!info.isFile()) throw new CanbaoError('ledger.no_file', { file: basename(file) });
  return info.size;
}

/** SHA-256 of the file's bytes. @throws ledger.no_file */
export async function hashFile(file: string): Promise<Buffer> {
  await fileSize(file);
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  } catch (cause) {
    throw new CanbaoError('ledger.no_file', { file: basename(file) }, cause);
  }
  return hash.digest();
}
