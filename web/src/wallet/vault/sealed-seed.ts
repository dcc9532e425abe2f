import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { systemRandom } from '../../../../src/core/random.ts';
import type { WalletFile } from '../../../../src/holder/wallet-file.ts';
import type { Database } from './database.ts';
import { type DeviceKey, deviceSecret } from './device-unlock.ts';

/** The recovery words under what the device's own unlock gives. */
export interface DeviceSealed extends DeviceKey {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** The recovery words at rest: under a passphrase, the device's own unlock, or either. */
export interface SealedSeed {
  readonly passphrase?: WalletFile;
  readonly device?: DeviceSealed;
}

const NAME = 'seed';

/** Undefined on a device without a wallet. */
export async function readSealedSeed(db: Database): Promise<SealedSeed | undefined> {
  return (await db.get('vault', NAME)) as SealedSeed | undefined;
}

export async function writeSealedSeed(db: Database, sealed: SealedSeed): Promise<void> {
  await db.put('vault', sealed, NAME);
}

/** Asks the device for its unlock. @throws wallet.device_refused */
export async function sealForDevice(mnemonic: string, key: DeviceKey): Promise<DeviceSealed> {
  const nonce = systemRandom(24);
  const cipher = xchacha20poly1305(await deviceSealKey(key), nonce);
  return { ...key, nonce, ciphertext: cipher.encrypt(utf8ToBytes(mnemonic)) };
}

/** Asks the device for its unlock. @throws wallet.device_refused, wallet.not_opened */
export async function openForDevice(sealed: DeviceSealed): Promise<string> {
  const cipher = xchacha20poly1305(await deviceSealKey(sealed), sealed.nonce);
  try {
    return new TextDecoder().decode(cipher.decrypt(sealed.ciphertext));
  } catch {
    throw new CanbaoError('wallet.not_opened');
  }
}

async function deviceSealKey(key: DeviceKey): Promise<Uint8Array> {
  return hkdf(
    sha256,
    await deviceSecret(key),
    undefined,
    utf8ToBytes('canbao/wallet-device/v1'),
    32,
  );
}
