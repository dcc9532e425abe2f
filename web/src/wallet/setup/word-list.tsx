import type { JSX } from 'preact';
import './words.css';

export interface WordListProps {
  /** Of the list, for readers. */
  readonly label: string;
  readonly mnemonic: string;
}

/** The words, numbered and large: down the first column, then down the second. */
export function WordList({ label, mnemonic }: WordListProps): JSX.Element {
  const words = mnemonic.split(' ');
  const isChinese = /\p{Script=Han}/u.test(mnemonic);
  return (
    <ol class="words" aria-label={label} lang={isChinese ? 'zh-CN' : 'en'}>
      {words.map((word, i) => (
        <li key={i} class="words__word">
          <span class="words__place">{i + 1}</span>
          <strong class="words__text">{word}</strong>
        </li>
      ))}
    </ol>
  );
}
