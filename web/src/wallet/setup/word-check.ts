import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as chinese } from '@scure/bip39/wordlists/simplified-chinese.js';

export const WORDS = 12;

const known = { en: new Set(english), zh: new Set(chinese) };
const MOST_SUGGESTIONS = 6;
const HAN = /^\p{Script=Han}+$/u;

/** Words out of what was typed or pasted; Chinese ones need no spaces between them. */
export function splitWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\d.,;:、，。；：)）]+/g, ' ')
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((part) => (HAN.test(part) ? [...part] : [part]));
}

/** Of which list it is, if of any. */
export function languageOfWord(word: string): 'zh' | 'en' | undefined {
  if (known.zh.has(word)) return 'zh';
  return known.en.has(word) ? 'en' : undefined;
}

/** English words that begin like this, for a person to choose from. */
export function wordsLike(beginning: string): string[] {
  if (!/^[a-z]+$/.test(beginning)) return [];
  return english.filter((word) => word.startsWith(beginning)).slice(0, MOST_SUGGESTIONS);
}

/** The word that was probably meant: one letter more, less, changed or swapped; undefined if several. */
export function nearestWord(word: string): string | undefined {
  const near = english.filter((one) => isOneSlipAway(word, one));
  return near.length === 1 ? near[0] : undefined;
}

function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const rest = (text: string, from: number) => text.slice(i + from);
  if (rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1)) {
    return true;
  }
  return a[i] === b[i + 1] && a[i + 1] === b[i] && rest(a, 2) === rest(b, 2);
}
