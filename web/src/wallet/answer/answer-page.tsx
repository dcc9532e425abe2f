import './answer.css';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Spinner } from '../../ui/spinner.tsx';
import type { HistoryEntry } from '../history/entry.ts';
import type { StoredRecord } from '../open-wallet.ts';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { answerTexts } from './answer-texts.ts';
import { Answering, type AnsweringProps } from './answering.tsx';
import { BlockedView } from './blocked-view.tsx';
import { openEntry } from './find-request.ts';
import { recordToAnswer } from './own-record.ts';
import { ResultView } from './result-view.tsx';

/** A request by its id, from who asks to what came of it: `#/r/:id`, `#/answer/:id`. */
export function AnswerPage({ wallet, route }: WalletScreenProps): JSX.Element {
  const texts = useTexts(answerTexts);
  const language = useLanguage();
  const id = route.segments[1] ?? '';
  const [changed, setEntry] = useState<HistoryEntry | undefined>(undefined);
  const opening = useLoad((signal) => openEntry(wallet.store, id, language, signal), [id]);
  const entry = changed ?? opening.value;

  if (opening.state === 'failed') {
    return (
      <BlockedView
        key="no-request"
        error={opening.error}
        lacks="request"
        back="#/open"
        onRetry={opening.run}
      />
    );
  }
  if (!entry) return <Spinner>{texts.opening}</Spinner>;
  if (entry.presentation) {
    return <ResultView key="result" wallet={wallet} entry={entry} onEntry={setEntry} />;
  }
  return <Unproven key="unproven" wallet={wallet} entry={entry} onEntry={setEntry} />;
}

type UnprovenProps = Pick<AnsweringProps, 'wallet' | 'entry' | 'onEntry'>;

/** The record is read, and fetched where it is old, for an answer alone: never to look at one. */
function Unproven({ wallet, entry, onEntry }: UnprovenProps): JSX.Element {
  const texts = useTexts(answerTexts);
  const [renewed, setRecord] = useState<StoredRecord | undefined>(undefined);
  const reading = useLoad((signal) => recordToAnswer(wallet, signal), [wallet]);
  const record = renewed ?? reading.value;
  if (record) {
    return (
      <Answering
        key={`${record.fetchedAt} ${entry.outcome}`}
        {...{ wallet, entry, record, onEntry }}
        onRecord={setRecord}
      />
    );
  }
  if (reading.state !== 'failed') return <Spinner>{texts.readingRecord}</Spinner>;
  return (
    <BlockedView
      key="no-record"
      error={reading.error}
      lacks="record"
      back="#/"
      onRetry={reading.run}
    />
  );
}
