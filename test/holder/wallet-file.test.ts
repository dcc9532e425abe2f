import { expect, test } from 'vitest';
import { newMnemonic } from '../../src/holder/mnemonic.ts';
import { openWallet, sealWallet } from '../../src/holder/wallet-file.ts';

const PASSPHRASE = '一二三四五六七八';
const mnemonic = newMnemonic('zh', () => new Uint8Array(16).fill(3));
const seal = () => sealWallet(mnemonic, PASSPHRASE, { logN: 14 });
const code = (expected: string) => expect.objectContaining({ code: expected });

test('opens with the passphrase only, and the file shows no word', async () => {
  const file = await seal();
  expect(await openWallet(JSON.parse(JSON.stringify(file)), PASSPHRASE)).toBe(mnemonic);
  await expect(openWallet(file, `${PASSPHRASE}!`)).rejects.toThrow(code('wallet.not_opened'));
  expect(JSON.stringify(file)).not.toContain(mnemonic.split(' ')[0]);
});

test('two seals of one phrase share nothing', async () => {
  const [a, b] = [await seal(), await seal()];
  expect(a.ciphertext).not.toBe(b.ciphertext);
  expect(a.kdf.salt).not.toBe(b.kdf.salt);
});

test('the default cost is the recommended one', async () => {
  const file = await sealWallet(mnemonic, PASSPHRASE);
  expect(file.kdf.logN).toBe(17);
}, 30_000);

test('any changed field is refused', async () => {
  const file = await seal();
  const flip = (hex: string) => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
  const { kdf, cipher } = file;
  const changed = [
    { ...file, ciphertext: flip(file.ciphertext) },
    { ...file, kdf: { ...kdf, salt: flip(kdf.salt) } },
    { ...file, kdf: { ...kdf, logN: 15 } },
    { ...file, cipher: { ...cipher, nonce: flip(cipher.nonce) } },
  ];
  for (const one of changed) {
    await expect(openWallet(one, PASSPHRASE)).rejects.toThrow(code('wallet.not_opened'));
  }
});

test('a malformed or hostile file is refused before any work', async () => {
  const file = await seal();
  for (const bad of [
    null,
    {},
    { ...file, format: 'canbao/wallet@2' },
    { ...file, extra: 1 },
    { ...file, kdf: { ...file.kdf, logN: 40 } },
    { ...file, kdf: { ...file.kdf, logN: 1 } },
    { ...file, ciphertext: 'zz' },
  ]) {
    await expect(openWallet(bad, PASSPHRASE)).rejects.toThrow(code('wallet.malformed'));
  }
});

test('a short passphrase and a wrong phrase are refused', async () => {
  await expect(sealWallet(mnemonic, 'short')).rejects.toThrow(code('wallet.weak_passphrase'));
  await expect(sealWallet('one two', PASSPHRASE)).rejects.toThrow(code('holder.bad_mnemonic'));
});
