import type { JSX } from 'preact';
import { Frame } from '../shell/frame.tsx';
import { Screen } from '../shell/screen.tsx';
import { useTexts } from '../shell/texts.ts';
import { Door } from '../ui/card.tsx';
import { startTexts } from './texts.ts';

/** Where everybody begins: one door each. */
export function StartApp(): JSX.Element {
  const texts = useTexts(startTexts);
  return (
    <Frame>
      <Screen title={texts.title} lead={texts.lead}>
        <nav class="stack" aria-label={texts.doors}>
          <Door href="/wallet/" icon="wallet" title={texts.holder} text={texts.holderText} />
          <Door href="/verifier/" icon="shield" title={texts.verifier} text={texts.verifierText} />
          <Door href="/bureau/" icon="building" title={texts.bureau} text={texts.bureauText} />
          <Door href="/ledger/" icon="book" title={texts.ledger} text={texts.ledgerText} />
        </nav>
        <section class="stack">
          <h2>{texts.promise}</h2>
          <ul class="list">
            {texts.promises.map((promise) => (
              <li key={promise}>{promise}</li>
            ))}
          </ul>
        </section>
      </Screen>
    </Frame>
  );
}
