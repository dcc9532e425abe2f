import { createDecipheriv, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { type Hex, keccak256, toHex } from 'viem';
import { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { firstIssue } from '../../core/json.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-fA-F]{${2 * bytes}}$`));
const salt = z.string().regex(/^([0-9a-fA-F]{2}){0,128}$/);
/** The cipher takes 16 bytes of the derived key, the check the next 16. */
const dklen = z.literal(32);

/** More than this a file may not ask of the machine that opens it, bytes. */
const MAX_SCRYPT_MEMORY = 2 ** 30;

const scryptParams = z
  .object({
    dklen,
    n: z
      .int()
      .min(2)
      .max(2 ** 24),
    r: z.int().min(1).max(64),
    p: z.int().min(1).max(64),
    salt,
  })
  .refine(({ n }) => Number.isInteger(Math.log2(n)), { error: 'n is not a power of two' })
  .refine(({ n, r }) => 128 * n * r <= MAX_SCRYPT_MEMORY, { error: 'scrypt needs over 1 GiB' });

const pbkdf2Params = z.object({
  dklen,
  c: z.int().min(1).max(10_000_000),
  prf: z.literal('hmac-sha256'),
  salt,
});

const crypto = z.intersection(
  z.object({
    cipher: z.literal('aes-128-ctr'),
    cipherparams: z.object({ iv: hex(16) }),
    ciphertext: hex(32),
    mac: hex(32),
  }),
  z.discriminatedUnion('kdf', [
    z.object({ kdf: z.literal('scrypt'), kdfparams: scryptParams }),
    z.object({ kdf: z.literal('pbkdf2'), kdfparams: pbkdf2Params }),
  ]),
);

const schema = z.object({ version: z.literal(3), crypto });
type Derivation = z.output<typeof crypto>;

/**
 * The private key in a keystore file of the Web3 Secret Storage Definition, version 3, as geth and
 * its kin write them.
 * @throws keystore.malformed, keystore.not_opened
 */
export async function openKeystore(file: unknown, passphrase: string): Promise<Hex> {
  const read = schema.safeParse(file);
  if (!read.success) {
    throw new CanbaoError('keystore.malformed', { reason: firstIssue(read.error) });
  }
  const { crypto } = read.data;
  const derived = await derive(crypto, passphrase);
  const ciphertext = Buffer.from(crypto.ciphertext, 'hex');
  const mac = keccak256(Buffer.concat([derived.subarray(16, 32), ciphertext]), 'bytes');
  if (!timingSafeEqual(mac, Buffer.from(crypto.mac, 'hex'))) {
    throw new CanbaoError('keystore.not_opened');
  }
  const iv = Buffer.from(crypto.cipherparams.iv, 'hex');
  const cipher = createDecipheriv('aes-128-ctr', derived.subarray(0, 16), iv);
  return toHex(Buffer.concat([cipher.update(ciphertext), cipher.final()]));
}

async function derive(crypto: Derivation, passphrase: string): Promise<Buffer> {
  const salt = Buffer.from(crypto.kdfparams.salt, 'hex');
  if (crypto.kdf === 'pbkdf2') {
    return promisify(pbkdf2)(passphrase, salt, crypto.kdfparams.c, 32, 'sha256');
  }
  const { n: N, r, p } = crypto.kdfparams;
  // OpenSSL's takes no N of 2^18 with an r of 1, as the definition's own example has it.
  const options = { N, r, p, dkLen: 32, maxmem: 2 * MAX_SCRYPT_MEMORY };
  return Buffer.from(await scryptAsync(passphrase, salt, options));
}
