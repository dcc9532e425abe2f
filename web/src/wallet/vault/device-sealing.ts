import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { systemRandom } from '../../../../src/core/random.ts';
import type { DeviceSealed } from './database.ts';
import { type DeviceKey, deviceSecret } from './device-unlock.ts';

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
