import './answer.css';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { HistoryEntry } from '../history/entry.ts';
import type { StoredRecord } from '../open-wallet.ts';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { answerTexts } from './answer-texts.ts';
import { Answering } from './answering.tsx';
import { openEntry } from './find-request.ts';
import { recordToAnswer } from './own-record.ts';
import { ResultView } from './result-view.tsx';

/** A request by its id, from who asks to what came of it: `#/r/:id`, `#/answer/:id`. */
export function AnswerPage({ wallet, route }: WalletScreenProps): JSX.Element {
  const texts = useTexts(answerTexts);
  const language = useLanguage();
  const id = route.segments[1] ?? '';
  const [changed, setEntry] = useState<HistoryEntry | undefined>(undefined);
  const [renewed, setRecord] = useState<StoredRecord | undefined>(undefined);
  const opening = useLoad((signal) => openEntry(wallet.store, id, language, signal), [id]);
  const reading = useLoad((signal) => recordToAnswer(wallet, signal), [wallet]);
  const entry = changed ?? opening.value;
  const record = renewed ?? reading.value;

  if (opening.state === 'failed') {
    return (
      <Screen
        key="no-request"
        title={texts.title}
        back="#/open"
        actions={
          <LinkButton kind="main" icon="qr" href="#/open">
            {texts.toOpen}
          </LinkButton>
        }
      >
        <ErrorNotice error={opening.error} todo={texts.requestTodo} onRetry={opening.run} />
      </Screen>
    );
  }
  if (!entry) return <Spinner>{texts.opening}</Spinner>;
  if (entry.presentation) {
    return <ResultView key="result" wallet={wallet} entry={entry} onEntry={setEntry} />;
  }
  if (reading.state === 'failed' && !record) {
    return (
      <Screen
        key="no-record"
        title={texts.title}
        back="#/"
        actions={
          <LinkButton kind="main" icon="download" href="#/record">
            {texts.toRecord}
          </LinkButton>
        }
      >
        <ErrorNotice error={reading.error} todo={texts.recordTodo} onRetry={reading.run} />
      </Screen>
    );
  }
  if (!record) return <Spinner>{texts.readingRecord}</Spinner>;
  return (
    <Answering
      key={`${record.fetchedAt} ${entry.outcome}`}
      {...{ wallet, entry, record }}
      onEntry={setEntry}
      onRecord={setRecord}
    />
  );
}
