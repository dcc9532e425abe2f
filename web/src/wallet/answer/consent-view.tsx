import type { JSX } from 'preact';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import type { HistoryEntry } from '../history/entry.ts';
import type { OpenWallet, StoredRecord } from '../open-wallet.ts';
import { answerTexts } from './answer-texts.ts';
import { Asker } from './asker.tsx';
import { decline } from './hand-in.ts';
import { asksText, type Judged, whyNotText } from './questions.ts';
import { ToldLists } from './told-lists.tsx';

export interface ConsentViewProps {
  readonly wallet: OpenWallet;
  readonly entry: HistoryEntry;
  readonly record: StoredRecord;
  readonly judged: Judged;
  readonly choice: number | undefined;
  /** Whether there is more to be read before agreeing. */
  readonly hasWarnings: boolean;
  readonly onChoose: (index: number) => void;
  readonly onAgree: () => void;
  readonly onDeclined: (entry: HistoryEntry) => void;
}

/** Who asks, what they will learn and what stays hidden; and then yes or no. */
export function ConsentView(props: ConsentViewProps): JSX.Element {
  const { entry, record, judged, choice, hasWarnings, onChoose, onAgree } = props;
  const texts = useTexts(answerTexts);
  const { questions, mode } = judged;
  const chosen = mode === 'any' ? questions.filter(({ index }) => index === choice) : questions;
  const isOwn = entry.source.kind === 'own';
  const agree = isOwn || entry.source.kind === 'file' ? texts.agreeOwn : texts.agree;
  return (
    <Screen
      title={isOwn ? texts.ownTitle : texts.title}
      back={isOwn ? '#/open' : '#/'}
      actions={
        <>
          <Button kind="main" icon={hasWarnings ? 'warning' : 'check'} onClick={onAgree}>
            {hasWarnings ? texts.agreeRead : agree}
          </Button>
          <Refusing {...props} />
        </>
      }
    >
      <Asker entry={entry} month={record.opening.epoch.month} />
      {mode === 'any' && <Choice judged={judged} choice={choice} onChoose={onChoose} />}
      <ToldLists questions={chosen} isChosen={mode === 'any'} />
      <p class="soft">{texts.stays}</p>
    </Screen>
  );
}

function Choice(props: Pick<ConsentViewProps, 'judged' | 'choice' | 'onChoose'>): JSX.Element {
  const { judged, choice, onChoose } = props;
  const texts = useTexts(answerTexts);
  const language = useLanguage();
  const fitting = judged.questions.filter(({ refusal }) => refusal === undefined);
  const others = judged.questions.filter(({ refusal }) => refusal !== undefined);
  return (
    <section class="stack">
      <RadioCards
        legend={<span class="strong">{texts.choose}</span>}
        options={fitting.map(({ index, request }) => ({
          value: String(index),
          label: asksText(request, language),
          hint: texts.fits,
        }))}
        value={choice === undefined ? undefined : String(choice)}
        onChange={(value) => onChoose(Number(value))}
      />
      <p class="soft">{texts.chooseHint}</p>
      {others.map((question) => (
        <div key={question.index} class="unmet">
          <p class="strong">{texts.fitsNot}</p>
          <p>{asksText(question.request, language)}</p>
          <p class="soft">{whyNotText(question, language)}</p>
        </div>
      ))}
    </section>
  );
}

/** No: with a word to who asks, or without one. */
export function Refusing(
  props: Pick<ConsentViewProps, 'wallet' | 'entry' | 'onDeclined'>,
): JSX.Element | null {
  const { wallet, entry, onDeclined } = props;
  const texts = useTexts(answerTexts);
  const refusing = useAsync(async (signal) => {
    onDeclined(await decline(wallet.store, entry, signal));
  });
  if (entry.source.kind === 'own') return null;
  return (
    <>
      <Button icon="cross" busy={refusing.state === 'busy'} onClick={refusing.run}>
        {entry.source.kind === 'service' ? texts.refuse : texts.later}
      </Button>
      {refusing.state === 'failed' && (
        <ErrorNotice error={refusing.error} todo={texts.requestTodo} />
      )}
    </>
  );
}
