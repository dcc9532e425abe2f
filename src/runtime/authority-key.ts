import { readFile } from 'node:fs/promises';
import { getAddress, isAddress, isHex, type LocalAccount } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { openKeystore } from '../chain/accounts/keystore.ts';
import { signerAccount } from '../chain/accounts/signer-account.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';

/** Asks a person for a keystore's passphrase. @throws keystore.no_passphrase */
export type AskPassphrase = () => Promise<string>;

/**
 * The authority's account, of the one source the environment names: `CANBAO_AUTHORITY_KEY` (the key
 * in hex), `CANBAO_KEYSTORE` (a keystore file, its passphrase in `CANBAO_KEYSTORE_PASSPHRASE`, in
 * the file `CANBAO_KEYSTORE_PASSPHRASE_FILE` names, or asked for), or `CANBAO_SIGNER_URL` with
 * `CANBAO_AUTHORITY_ADDRESS`. Undefined where it names none.
 * @throws authority.bad_key, keystore.malformed, keystore.not_opened, keystore.no_passphrase,
 * cli.no_file, cli.bad_file
 */
export async function authorityKey(
  environment: NodeJS.ProcessEnv,
  ask: AskPassphrase,
): Promise<LocalAccount | undefined> {
  const { CANBAO_AUTHORITY_KEY: key, CANBAO_KEYSTORE: file } = environment;
  const { CANBAO_SIGNER_URL: url } = environment;
  if ([key, file, url].filter(Boolean).length > 1) {
    throw new CanbaoError('authority.bad_key', { reason: 'more than one is configured' });
  }
  if (key) return accountOf(key.startsWith('0x') ? key : `0x${key}`);
  if (file) return accountOf(await openFile(file, environment, ask));
  return url ? signerOf(url, environment.CANBAO_AUTHORITY_ADDRESS) : undefined;
}

function accountOf(key: string): LocalAccount {
  if (!isHex(key) || key.length !== 66) {
    throw new CanbaoError('authority.bad_key', { reason: '32 bytes in hex expected' });
  }
  try {
    return privateKeyToAccount(key);
  } catch {
    // The library's own message might quote the key.
    throw new CanbaoError('authority.bad_key', { reason: 'not a key of secp256k1' });
  }
}

async function openFile(
  path: string,
  environment: NodeJS.ProcessEnv,
  ask: AskPassphrase,
): Promise<string> {
  const text = await readText(path);
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new CanbaoError('keystore.malformed', { reason: 'not JSON' });
  }
  return openKeystore(file, await passphrase(environment, ask));
}

async function passphrase(environment: NodeJS.ProcessEnv, ask: AskPassphrase): Promise<string> {
  const { CANBAO_KEYSTORE_PASSPHRASE: given, CANBAO_KEYSTORE_PASSPHRASE_FILE: file } = environment;
  if (given !== undefined) return given;
  return file ? (await readText(file)).replace(/\r?\n$/, '') : ask();
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CanbaoError('cli.no_file', { path });
    throw new CanbaoError('cli.bad_file', { path, reason: cause.code ?? 'unreadable' }, cause);
  });
}

function signerOf(url: string, address: string | undefined): LocalAccount {
  if (!address || !isAddress(address)) {
    const reason = 'CANBAO_AUTHORITY_ADDRESS must say whose key the signer holds';
    throw new CanbaoError('authority.bad_key', { reason });
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CanbaoError('authority.bad_key', { reason: 'CANBAO_SIGNER_URL is not a URL' });
  }
  return signerAccount(url, getAddress(address));
}
