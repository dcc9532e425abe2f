import { entropyToMnemonic, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as chinese } from '@scure/bip39/wordlists/simplified-chinese.js';
import { CanbaoError, type Language } from '../core/errors/canbao-error.ts';
import { type RandomBytes, systemRandom } from '../core/random.ts';

const wordlists: Readonly<Record<Language, string[]>> = { en: english, zh: chinese };
/** 128 bits of entropy: 12 words. */
const ENTROPY_BYTES = 16;

/** A new BIP-39 recovery phrase of 12 words (in Chinese: 12 characters), separated by spaces. */
export function newMnemonic(language: Language, randomness: RandomBytes = systemRandom): string {
  return entropyToMnemonic(randomness(ENTROPY_BYTES), wordlists[language]);
}

/**
 * Brings a phrase as a person writes it to its one form: lower case, single spaces, and Chinese
 * characters apart.
 * @throws holder.bad_mnemonic for an unknown word, a wrong length or checksum
 */
export function parseMnemonic(text: string): string {
  const words = text.normalize('NFKD').toLowerCase().trim();
  const isChinese = /^[\p{Script=Han}\s]+$/u.test(words);
  const spaced = isChinese ? [...words.replace(/\s+/g, '')].join(' ') : words.replace(/\s+/g, ' ');
  if (!validateMnemonic(spaced, isChinese ? chinese : english)) {
    throw new CanbaoError('holder.bad_mnemonic');
  }
  return spaced;
}

/**
 * The 64-byte BIP-39 seed. The same entropy in another language is another seed: PBKDF2 runs over
 * the words. About 10 ms.
 * @throws holder.bad_mnemonic
 */
export function seedFromMnemonic(text: string): Uint8Array {
  return mnemonicToSeedSync(parseMnemonic(text));
}
