import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { systemClock } from '../../../../src/core/clock.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { expiryOf, type HistoryEntry, writeEntry } from '../history/entry.ts';
import type { OpenWallet, StoredRecord } from '../open-wallet.ts';
import { answerTexts } from './answer-texts.ts';
import { BlockedView } from './blocked-view.tsx';
import { ConsentView } from './consent-view.tsx';
import { DeclinedView } from './declined-view.tsx';
import { accountsUnder } from './ledger-size.ts';
import { narrowingsOf } from './narrowing.ts';
import { ProvingView } from './proving-view.tsx';
import { type Judged, judge } from './questions.ts';
import { shownBefore, shownNow } from './shown-before.ts';
import { WarningsView } from './warnings-view.tsx';
import { WhyNotView } from './why-not-view.tsx';

export interface AnsweringProps {
  readonly wallet: OpenWallet;
  readonly entry: HistoryEntry;
  readonly record: StoredRecord;
  readonly onEntry: (entry: HistoryEntry) => void;
  readonly onRecord: (record: StoredRecord) => void;
}

type Step = 'consent' | 'warnings' | 'proving';

/** From reading a request to its proof. */
export function Answering(props: AnsweringProps): JSX.Element {
  const texts = useTexts(answerTexts);
  const { wallet, entry, record, onEntry, onRecord } = props;
  const { request } = entry;
  const [step, setStep] = useState<Step>('consent');
  const judged = useMemo(() => tryJudge(entry, record), [request, record]);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const known = useLoad(async () => {
    const [accounts, before] = await Promise.all([
      accountsUnder(record.opening),
      shownBefore(wallet.store, entry.id),
    ]);
    return { accounts, before };
  }, [record]);
  const isUnmet = judged.found?.isSatisfied === false;
  useEffect(() => {
    if (!isUnmet || entry.outcome !== 'opened') return;
    void writeEntry(wallet.store, { ...entry, outcome: 'unmet', at: systemClock() });
  }, [isUnmet]);

  if (!judged.found) return <BlockedView error={judged.error} lacks="request" back="#/" />;
  if (entry.outcome === 'declined') {
    return <DeclinedView entry={entry} onBack={() => onEntry({ ...entry, outcome: 'opened' })} />;
  }
  const { questions, mode } = judged.found;
  const shared = { wallet, entry, record, judged: judged.found, onDeclined: onEntry };
  if (isUnmet) return <WhyNotView key="why-not" {...shared} onRecord={onRecord} />;

  const choice =
    mode === 'any'
      ? (chosen ?? questions.find(({ refusal }) => refusal === undefined)?.index)
      : undefined;
  // Nobody agrees before it is known what to warn of.
  if (known.state === 'failed') return <ErrorNotice error={known.error} onRetry={known.run} />;
  if (known.state !== 'done') return <Spinner>{texts.opening}</Spinner>;
  const { accounts, before } = known.value;
  const narrowings = narrowingsOf(shownNow(entry, choice, record), before, accounts);
  const hasWarnings = narrowings.length > 0;
  switch (step) {
    case 'consent':
      return (
        <ConsentView
          key="consent"
          {...{ ...shared, choice, hasWarnings }}
          onChoose={setChosen}
          onAgree={() => setStep(hasWarnings ? 'warnings' : 'proving')}
        />
      );
    case 'warnings':
      return (
        <WarningsView
          key="warnings"
          narrowings={narrowings}
          onAgree={() => setStep('proving')}
          onBack={() => setStep('consent')}
        />
      );
    case 'proving':
      return (
        <ProvingView
          key="proving"
          wallet={wallet}
          task={{ entry, record, choice, accounts }}
          onDone={onEntry}
          onBack={() => setStep('consent')}
        />
      );
  }
}

type Tried =
  | { readonly found: Judged; readonly error?: undefined }
  | { readonly error: unknown; readonly found?: undefined };

/** Fails where it is over, or about somebody else: an employer's statement of a person, or the reverse. */
function tryJudge(entry: HistoryEntry, { opening }: StoredRecord): Tried {
  try {
    const expiresAt = expiryOf(entry);
    if (expiresAt <= systemClock()) {
      const facts = { expiresAt: new Date(expiresAt * 1000).toISOString() };
      throw new CanbaoError('request.expired', facts);
    }
    return { found: judge(entry.request, opening) };
  } catch (error) {
    return { error };
  }
}
