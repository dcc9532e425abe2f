/** One place of the words, and words to choose from. */
export interface WordQuestion {
  /** From 0. */
  readonly place: number;
  readonly word: string;
  readonly options: readonly string[];
}

const QUESTIONS = 3;
const OPTIONS = 6;

/**
 * Asks for some of the words: whoever wrote them down can answer, whoever tapped on cannot.
 * @param random in [0, 1)
 */
export function wordQuestions(
  mnemonic: string,
  random: () => number = Math.random,
): readonly WordQuestion[] {
  const words = mnemonic.split(' ');
  const places = shuffled([...words.keys()], random).slice(0, QUESTIONS);
  return places
    .sort((a, b) => a - b)
    .map((place) => {
      const word = words[place] ?? '';
      const others = shuffled([...new Set(words)], random).filter((other) => other !== word);
      return { place, word, options: shuffled([word, ...others.slice(0, OPTIONS - 1)], random) };
    });
}

/** As typed by hand: without spaces around, in lower case. */
export function isSameWord(typed: string, word: string): boolean {
  return typed.normalize('NFKD').trim().toLowerCase() === word;
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
