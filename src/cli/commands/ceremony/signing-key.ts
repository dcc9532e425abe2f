import { readFile, writeFile } from 'node:fs/promises';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { systemRandom } from '../../../core/random.ts';

const KEY = /^[0-9a-f]{64}$/;

/**
 * The Ed25519 key in a file, 32 bytes in hex; made there where there is none, for its owner alone to read.
 * @throws cli.bad_file, cli.unwritable
 */
export async function readSigningKey(path: string): Promise<Uint8Array> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new CanbaoError('cli.bad_file', { path, reason: cause.code ?? 'unreadable' }, cause);
  });
  if (text === undefined) return makeSigningKey(path);
  if (!KEY.test(text.trim())) {
    throw new CanbaoError('cli.bad_file', { path, reason: 'not 32 bytes in hex' });
  }
  return hexToBytes(text.trim());
}

async function makeSigningKey(path: string): Promise<Uint8Array> {
  const key = systemRandom(32);
  await writeFile(path, `${bytesToHex(key)}\n`, { mode: 0o600, flag: 'wx' }).catch((cause) => {
    throw new CanbaoError('cli.unwritable', { path, reason: cause.code ?? 'unknown' }, cause);
  });
  return key;
}
