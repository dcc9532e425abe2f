import type { JSX } from 'preact';
import type { PresetAnswer } from '../../../../src/sdk/answers.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { askTexts } from './ask-texts.ts';

/** What is to be proven, what of it is learned, and what is not. */
export function AskedThings({ preset }: { readonly preset: PresetAnswer }): JSX.Element {
  const texts = useTexts(askTexts);
  const language = useLanguage();
  const { asks = [], mode, notes } = preset;
  const of = (name: 'reveals' | 'hides') => [
    ...new Set(asks.flatMap((ask) => ask[name][language])),
  ];
  const title = mode === 'any' ? texts.askedAny : asks.length > 1 ? texts.askedAll : texts.asked;
  return (
    <>
      <section class="card">
        <h2>{title}</h2>
        {asks.length === 1 ? (
          <p class="lead strong">{asks[0]?.asks[language]}</p>
        ) : (
          <ol class="list strong">
            {asks.map((ask) => (
              <li key={ask.asks.en}>{ask.asks[language]}</li>
            ))}
          </ol>
        )}
      </section>
      <p class="soft">{texts.writtenToThem}</p>
      <div class="grid">
        <section class="card card--learn">
          <h2>
            <Icon name="eye" /> {texts.revealed}
          </h2>
          <ul class="list">
            {of('reveals').map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
        <section class="card card--hide">
          <h2>
            <Icon name="eyeOff" /> {texts.hidden}
          </h2>
          <ul class="list">
            {of('hides').map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      </div>
      {notes[language].length > 0 && (
        <Disclosure summary={texts.figures}>
          <ul class="list">
            {notes[language].map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}
