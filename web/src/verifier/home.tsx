import type { JSX } from 'preact';
import { formatTime } from '../shared/format.ts';
import { Screen } from '../shell/screen.tsx';
import { useStore } from '../shell/store.ts';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { Door } from '../ui/card.tsx';
import { runningRequests } from './running/running-requests.ts';
import { verifierTexts } from './texts.ts';

/** The four ways, and what was asked already. */
export function Home(): JSX.Element {
  const texts = useTexts(verifierTexts);
  const language = useLanguage();
  const running = useStore(runningRequests);
  return (
    <Screen title={texts.page} lead={texts.lead} back="/">
      <nav class="stack" aria-label={texts.ways}>
        <Door href="#/hire" icon="person" title={texts.hire} text={texts.hireText} />
        <Door href="#/ask" icon="qr" title={texts.ask} text={texts.askText} />
        <Door href="#/check" icon="shield" title={texts.check} text={texts.checkText} />
        <Door href="#/batch" icon="list" title={texts.batch} text={texts.batchText} />
      </nav>
      {running.length > 0 && (
        <section class="stack">
          <h2>{texts.running}</h2>
          <p class="soft">{texts.runningHint}</p>
          {running.map(({ id, name, expiresAt }) => (
            <Door
              key={id}
              href={`#/request/${id}`}
              icon="clock"
              title={name[language]}
              text={texts.until(formatTime(expiresAt, language))}
            />
          ))}
        </section>
      )}
    </Screen>
  );
}
