import type { JSX } from 'preact';
import { systemClock } from '../../../../src/core/clock.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { audienceOf, expiryOf, type HistoryEntry, provenIn } from '../history/entry.ts';
import type { OpenWallet } from '../open-wallet.ts';
import { shortAudience } from './asker.tsx';
import { handIn } from './hand-in.ts';
import { proofTexts } from './proof-texts.ts';
import { asksText } from './questions.ts';
import { WaysToShow } from './ways-to-show.tsx';

export interface ResultViewProps {
  readonly wallet: OpenWallet;
  readonly entry: HistoryEntry;
  readonly onEntry: (entry: HistoryEntry) => void;
}

/** There is a proof: whether it was handed over, what was said, and how else it can be shown. */
export function ResultView({ wallet, entry, onEntry }: ResultViewProps): JSX.Element {
  const texts = useTexts(proofTexts);
  const language = useLanguage();
  const who = shortAudience(audienceOf(entry));
  const onward = redirectOf(entry);
  return (
    <Screen
      title={texts.title}
      back="#/"
      actions={
        <>
          {onward && (
            <LinkButton kind="main" icon="arrowRight" href={onward}>
              {texts.goOn(who)}
            </LinkButton>
          )}
          <LinkButton kind={onward ? 'quiet' : 'main'} icon="home" href="#/">
            {texts.home}
          </LinkButton>
          <LinkButton icon="list" href="#/history">
            {texts.history}
          </LinkButton>
        </>
      }
    >
      <Standing wallet={wallet} entry={entry} onEntry={onEntry} />
      {expiryOf(entry) <= systemClock() && (
        <Notice tone="warn" title={texts.expired}>
          {texts.expiredText}
        </Notice>
      )}
      <Card title={texts.told}>
        {provenIn(entry).map((request) => (
          <p key={request.nonce}>{asksText(request, language)}</p>
        ))}
      </Card>
      <WaysToShow entry={entry} />
    </Screen>
  );
}

function Standing({ wallet, entry, onEntry }: ResultViewProps): JSX.Element {
  const texts = useTexts(proofTexts);
  const language = useLanguage();
  const sending = useAsync(async (signal) => {
    onEntry(await handIn(wallet.store, entry, language, signal));
  });
  const who = shortAudience(audienceOf(entry));
  if (entry.outcome === 'answered') {
    return (
      <Notice tone="good" title={texts.accepted} announce>
        {texts.acceptedText(who)}
      </Notice>
    );
  }
  if (entry.outcome === 'refused' && entry.reason === 'nullifier_spent') {
    return (
      <Notice tone="warn" title={texts.counted} announce>
        {texts.countedText}
      </Notice>
    );
  }
  if (entry.outcome === 'refused') {
    return (
      <Notice tone="bad" title={texts.rejected} announce>
        <p>{entry.said}</p>
        <p>{texts.rejectedTodo}</p>
      </Notice>
    );
  }
  if (entry.source.kind !== 'service') {
    return (
      <Notice tone="good" title={texts.made} announce>
        {texts.madeText(who)}
      </Notice>
    );
  }
  return (
    <>
      <Notice tone="warn" title={texts.notSent} announce>
        <p>{entry.said ?? texts.notSentText}</p>
        <div class="row">
          <Button icon="arrowRight" busy={sending.state === 'busy'} onClick={sending.run}>
            {texts.send}
          </Button>
        </div>
      </Notice>
      {sending.state === 'failed' && <ErrorNotice error={sending.error} />}
    </>
  );
}

/** Where who asks would have the browser go on; only to themselves, and only by a tap. */
function redirectOf(entry: HistoryEntry): string | undefined {
  const { redirectUri, outcome } = entry;
  if (outcome !== 'answered' || !redirectUri || !URL.canParse(redirectUri)) return undefined;
  return new URL(redirectUri).origin === audienceOf(entry) ? redirectUri : undefined;
}
