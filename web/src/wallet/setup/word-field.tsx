import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useTexts } from '../../shell/texts.ts';
import { Field } from '../../ui/field.tsx';
import { setupTexts } from './texts.ts';
import { languageOfWord, nearestWord, splitWords, wordsLike } from './word-check.ts';

export interface WordFieldProps {
  /** From 1. */
  readonly place: number;
  readonly word: string;
  /** Tell that it is missing: once somebody tried to go on. */
  readonly isTried: boolean;
  readonly onInput: (text: string) => void;
}

/** One of the words; checked against the list when it is left. */
export function WordField({ place, word, isTried, onInput }: WordFieldProps): JSX.Element {
  const texts = useTexts(setupTexts);
  const id = useId();
  const [isFocused, setFocused] = useState(false);
  const [clean = ''] = splitWords(word);
  const isUnknown = clean !== '' && languageOfWord(clean) === undefined;
  const nearest = isUnknown && !isFocused ? nearestWord(clean) : undefined;
  const likes = isFocused && isUnknown ? wordsLike(clean) : [];
  const error =
    clean === ''
      ? isTried && texts.recoverMissing
      : isUnknown &&
        !isFocused &&
        (nearest === undefined ? texts.recoverUnknown : texts.recoverDidYouMean(nearest));
  return (
    <Field label={texts.recoverWord(place)} error={error}>
      {(ids) => (
        <>
          <input
            {...ids}
            class="input"
            type="text"
            list={`${id}-words`}
            value={word}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <datalist id={`${id}-words`}>
            {likes.map((like) => (
              <option key={like} value={like} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
