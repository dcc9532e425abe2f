import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { newMnemonic, parseMnemonic, seedFromMnemonic } from '../../src/holder/mnemonic.ts';

const ABANDON = `${'abandon '.repeat(11)}about`;

test('the BIP-39 vector of the published test suite (empty passphrase)', () => {
  expect(bytesToHex(seedFromMnemonic(ABANDON))).toBe(
    '5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc19a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4',
  );
});

test.each(['en', 'zh'] as const)('a new phrase in %s has 12 words and reads back', (language) => {
  const mnemonic = newMnemonic(language);
  expect(mnemonic.split(' ')).toHaveLength(12);
  expect(parseMnemonic(mnemonic)).toBe(mnemonic);
  expect(newMnemonic(language)).not.toBe(mnemonic);
});

test('the way a person writes it does not matter', () => {
  expect(parseMnemonic(`  ${ABANDON.toUpperCase().replaceAll(' ', '\n ')} `)).toBe(ABANDON);
  const chinese = newMnemonic('zh', () => new Uint8Array(16).fill(9));
  expect(parseMnemonic(chinese.replaceAll(' ', ''))).toBe(chinese);
});

test.each([
  ['a wrong checksum', `${'abandon '.repeat(11)}abandon`],
  ['an unknown word', `${'abandon '.repeat(11)}aboutt`],
  ['a missing word', 'abandon '.repeat(11)],
  ['nothing', ''],
  ['two languages', `${'abandon '.repeat(11)}的`],
])('%s is refused with a code', (_, text) => {
  expect(() => seedFromMnemonic(text)).toThrow(
    expect.objectContaining({ code: 'holder.bad_mnemonic' }),
  );
});
