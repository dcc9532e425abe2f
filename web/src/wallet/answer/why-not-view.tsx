import type { JSX } from 'preact';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { HistoryEntry } from '../history/entry.ts';
import type { OpenWallet, StoredRecord } from '../open-wallet.ts';
import { answerTexts } from './answer-texts.ts';
import { Asker } from './asker.tsx';
import { Refusing } from './consent-view.tsx';
import { asksText, type Judged, whyNotText } from './questions.ts';

export interface WhyNotViewProps {
  readonly wallet: OpenWallet;
  readonly entry: HistoryEntry;
  readonly record: StoredRecord;
  readonly judged: Judged;
  readonly onRecord: (record: StoredRecord) => void;
  readonly onDeclined: (entry: HistoryEntry) => void;
}

/** Why there is no proof: for the holder alone, with what is missing and what can be done. */
export function WhyNotView(props: WhyNotViewProps): JSX.Element {
  const { wallet, entry, record, judged, onRecord, onDeclined } = props;
  const texts = useTexts(answerTexts);
  const language = useLanguage();
  const refreshing = useAsync(async (signal) => onRecord(await wallet.fetchRecord(signal)));
  const failing = judged.questions.filter(({ refusal }) => refusal !== undefined);
  return (
    <Screen
      title={texts.whyNot}
      back="#/"
      lead={judged.mode === 'any' ? texts.whyNotAny : texts.whyNotLead}
      actions={
        <>
          <LinkButton kind="main" href="#/" icon="home">
            {texts.toHome}
          </LinkButton>
          <Refusing wallet={wallet} entry={entry} onDeclined={onDeclined} />
        </>
      }
    >
      <ul class="failing">
        {failing.map((question) => (
          <li key={question.index} class="failing__one">
            <Icon name="crossCircle" size={28} />
            <div class="stack stack--tight">
              <p class="lead strong">{whyNotText(question, language)}</p>
              <p class="soft">{asksText(question.request, language)}</p>
            </div>
          </li>
        ))}
      </ul>
      <Card title={texts.whatNow}>
        <ul class="list">
          <li>{texts.nowRefresh}</li>
          <li>{texts.nowWait}</li>
          <li>{texts.nowCorrect}</li>
        </ul>
        <div class="row">
          <Button icon="refresh" busy={refreshing.state === 'busy'} onClick={refreshing.run}>
            {texts.refresh}
          </Button>
        </div>
        {refreshing.state === 'failed' && <ErrorNotice error={refreshing.error} />}
      </Card>
      <Asker entry={entry} month={record.opening.epoch.month} />
    </Screen>
  );
}
