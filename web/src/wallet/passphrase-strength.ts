/** How well a passphrase holds against somebody who guesses, in four words. */
export type Strength = 'short' | 'guessable' | 'fair' | 'good';

export const MIN_PASSPHRASE = 8;

const RUNS = [
  '01234567890',
  '09876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
];
/** Parts that every list of guesses begins with. */
const COMMON = /password|passw0rd|iloveyou|woaini|admin|letmein|520|1314|168|888|666/i;
const FAIR_BITS = 45;
const GOOD_BITS = 64;

/**
 * A rough estimate: kinds of characters by length, less for repetition, runs and what is common. It
 * advises; only the length is required.
 */
export function passphraseStrength(text: string): Strength {
  const characters = [...text];
  if (characters.length < MIN_PASSPHRASE) return 'short';
  const bits = Math.log2(alphabetOf(text)) * effectiveLength(text.toLowerCase());
  if (bits < FAIR_BITS) return 'guessable';
  return bits < GOOD_BITS ? 'fair' : 'good';
}

function alphabetOf(text: string): number {
  const kinds: readonly [RegExp, number][] = [
    [/[0-9]/, 10],
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[^\p{L}0-9]/u, 20],
    [/\p{Script=Han}/u, 1000],
  ];
  return kinds.reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0) || 26;
}

/** Characters that are not told by the one before. */
function effectiveLength(text: string): number {
  const rest = text.replace(new RegExp(COMMON, 'gi'), '.');
  const characters = [...rest];
  const isTold = (i: number) => {
    const [before = '', own = ''] = [characters[i - 1], characters[i]];
    return before === own || RUNS.some((run) => run.includes(before + own));
  };
  const fresh = characters.filter((_, i) => i === 0 || !isTold(i)).length;
  return Math.min(fresh, new Set(characters).size * 1.5);
}
