import { systemClock } from '../../../../src/core/clock.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { deriveHolderKeys } from '../../../../src/holder/keys.ts';
import { seedFromMnemonic } from '../../../../src/holder/mnemonic.ts';
import type { WalletFile } from '../../../../src/holder/wallet-file.ts';
import { createOpenWallet, type OpenWallet } from '../open-wallet.ts';
import { type Database, keepDatabase, readSealedSeed, writeSealedSeed } from './database.ts';
import { openForDevice, sealForDevice } from './device-sealing.ts';
import { createDeviceKey } from './device-unlock.ts';
import { openWithPassphrase, sealWithPassphrase } from './passphrase.ts';
import { walletStore } from './wallet-store.ts';

/** What a wallet is locked or unlocked with. */
export type Lock = { readonly passphrase: string } | 'device';

/**
 * The recovery words, after the person showed that the wallet is theirs.
 * @throws wallet.not_opened, wallet.device_refused
 */
export async function revealWords(db: Database, lock: Lock): Promise<string> {
  const sealed = await readSealedSeed(db);
  if (lock === 'device') {
    if (sealed?.device) return openForDevice(sealed.device);
  } else if (sealed?.passphrase) {
    return openWithPassphrase(sealed.passphrase, lock.passphrase);
  }
  throw new CanbaoError('wallet.not_opened');
}

/** Adds a way to unlock, or changes it; the others stay. @throws wallet.weak_passphrase, wallet.device_unfit */
export async function setLock(db: Database, mnemonic: string, lock: Lock): Promise<void> {
  const added =
    lock === 'device'
      ? { device: await sealForDevice(mnemonic, await createDeviceKey()) }
      : { passphrase: await sealWithPassphrase(mnemonic, lock.passphrase) };
  await writeSealedSeed(db, { ...(await readSealedSeed(db)), ...added });
  await keepDatabase();
}

/** From now on the passphrase alone unlocks. */
export async function removeDeviceLock(db: Database): Promise<void> {
  const { passphrase } = (await readSealedSeed(db)) ?? {};
  if (passphrase) await writeSealedSeed(db, { passphrase });
}

/** A recovery file that was opened: it lies on the device as it lay elsewhere. */
export async function keepWalletFile(db: Database, file: unknown): Promise<void> {
  await writeSealedSeed(db, { passphrase: file as WalletFile });
  await keepDatabase();
}

/** The wallet as a recovery file, under the passphrase that unlocks it; undefined without one. */
export async function recoveryFile(db: Database): Promise<WalletFile | undefined> {
  return (await readSealedSeed(db))?.passphrase;
}

/** Keys and sealed values of the words; nothing is written. About 20 ms. */
export function openWords(db: Database, mnemonic: string, onLock: () => void): OpenWallet {
  const seed = seedFromMnemonic(mnemonic);
  const [keys, store] = [deriveHolderKeys(seed), walletStore(db, seed)];
  seed.fill(0);
  return createOpenWallet({ keys, store, onLock, clock: systemClock });
}
