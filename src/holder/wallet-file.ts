import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { type RandomBytes, systemRandom } from '../core/random.ts';
import { parseMnemonic } from './mnemonic.ts';

const FORMAT = 'canbao/wallet@1';
const MIN_PASSPHRASE = 8;
/** OWASP's recommendation: 128 MiB and about a second on a phone. */
const DEFAULT_LOG_N = 17;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
const schema = z.strictObject({
  format: z.literal(FORMAT),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    /** N = 2^logN; bounded, so that a hostile file can neither exhaust memory nor weaken the key. */
    logN: z.int().min(14).max(20),
    r: z.literal(8),
    p: z.literal(1),
    salt: hex(32),
  }),
  cipher: z.strictObject({ name: z.literal('xchacha20-poly1305'), nonce: hex(24) }),
  /** The recovery phrase in UTF-8. */
  ciphertext: z
    .string()
    .max(1024)
    .regex(/^([0-9a-f]{2})+$/),
});

/** A recovery phrase at rest, under a passphrase. */
export type WalletFile = Readonly<z.output<typeof schema>>;

export interface SealOptions {
  readonly randomness?: RandomBytes;
  /** Cost of a guess at the passphrase: 2^logN. */
  readonly logN?: number;
}

/** @throws holder.bad_mnemonic, wallet.weak_passphrase */
export async function sealWallet(
  mnemonic: string,
  passphrase: string,
  { randomness = systemRandom, logN = DEFAULT_LOG_N }: SealOptions = {},
): Promise<WalletFile> {
  const words = parseMnemonic(mnemonic);
  if ([...passphrase].length < MIN_PASSPHRASE) {
    throw new CanbaoError('wallet.weak_passphrase', { min: MIN_PASSPHRASE });
  }
  const header: Omit<WalletFile, 'ciphertext'> = {
    format: FORMAT,
    kdf: { name: 'scrypt', logN, r: 8, p: 1, salt: bytesToHex(randomness(32)) },
    cipher: { name: 'xchacha20-poly1305', nonce: bytesToHex(randomness(24)) },
  };
  const cipher = await cipherOf(header, passphrase);
  return { ...header, ciphertext: bytesToHex(cipher.encrypt(utf8ToBytes(words))) };
}

/**
 * The recovery phrase out of a wallet file.
 * @throws wallet.malformed, wallet.not_opened for a wrong passphrase or a changed file
 */
export async function openWallet(json: unknown, passphrase: string): Promise<string> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('wallet.malformed', { reason: firstIssue(parsed.error) });
  }
  const { ciphertext, ...header } = parsed.data;
  const cipher = await cipherOf(header, passphrase);
  try {
    return parseMnemonic(new TextDecoder().decode(cipher.decrypt(hexToBytes(ciphertext))));
  } catch {
    throw new CanbaoError('wallet.not_opened');
  }
}

/** Every parameter of the header enters the key or the nonce: a changed one does not open. */
async function cipherOf({ kdf, cipher }: Omit<WalletFile, 'ciphertext'>, passphrase: string) {
  const { logN, r, p, salt } = kdf;
  const key = await scryptAsync(utf8ToBytes(passphrase.normalize('NFKC')), hexToBytes(salt), {
    N: 2 ** logN,
    r,
    p,
    dkLen: 32,
    maxmem: 2 ** 31,
  });
  return xchacha20poly1305(key, hexToBytes(cipher.nonce));
}
