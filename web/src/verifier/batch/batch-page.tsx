import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { systemClock } from '../../../../src/core/clock.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useStore } from '../../shell/store.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Progress } from '../../ui/progress.tsx';
import { checkTexts } from '../check/check-texts.ts';
import { type ExpectationDraft, readExpectation } from '../check/expectation.ts';
import { ExpectationChoice } from '../check/expectation-choice.tsx';
import { RootSourceChoice, type RootSourceDraft } from '../check/root-source-choice.tsx';
import { runningRequests } from '../running/running-requests.ts';
import { batchEntries, type NamedText } from './batch-entry.ts';
import { BatchInput } from './batch-input.tsx';
import { BatchOutcome } from './batch-outcome.tsx';
import { batchTexts } from './batch-texts.ts';
import { type BatchTask, type BatchWay, checkBatch } from './check-batch.ts';

/** Many presentations against one request or audience. */
export function BatchPage(): JSX.Element {
  const texts = useTexts(batchTexts);
  const shared = useTexts(checkTexts);
  const language = useLanguage();
  const running = useStore(runningRequests);
  const [found, setFound] = useState<readonly NamedText[]>([]);
  const [way, setWay] = useState<BatchWay>('page');
  const [source, setSource] = useState<RootSourceDraft>({ kind: 'chain', rpcUrl: '' });
  const [held, setHeld] = useState<ExpectationDraft>({
    ...{ kind: running.length > 0 ? 'own' : 'audience', own: running[0]?.id ?? '' },
    ...{ copy: '', audience: '' },
  });
  const [heldError, setHeldError] = useState<CanbaoError>();
  const [done, setDone] = useState(0);
  const entries = batchEntries(found);
  const checking = useAsync(async (signal, task: BatchTask) => ({
    rows: await checkBatch(task, signal, setDone),
    ...{ checkedAt: systemClock(), way: task.way },
  }));
  const check = () => {
    setHeldError(undefined);
    setDone(0);
    try {
      const expectation = readExpectation(held, running);
      checking.run({ entries, expectation, way, source, language });
    } catch (error) {
      if (!(error instanceof CanbaoError)) throw error;
      setHeldError(error);
    }
  };
  if (checking.value) {
    const again = () => {
      setFound([]);
      checking.cancel();
    };
    return <BatchOutcome key="result" {...checking.value} onAgain={again} />;
  }
  const isBusy = checking.state === 'busy';
  const isFileMissing = way === 'page' && source.kind === 'file' && source.epochs === undefined;
  return (
    <Screen
      key="input"
      title={texts.title}
      lead={texts.lead}
      back="#/"
      actions={
        entries.length > 0 &&
        !isBusy && (
          <Button kind="main" icon="shield" disabled={isFileMissing} onClick={check}>
            {texts.check(entries.length)}
          </Button>
        )
      }
    >
      <BatchInput
        entries={entries}
        onFound={(more) => setFound([...found, ...more])}
        onClear={() => setFound([])}
      />
      {entries.length > 0 && (
        <>
          <ExpectationChoice draft={held} error={heldError} onChange={setHeld} />
          <section class="stack">
            <h2>{texts.wayTitle}</h2>
            <RadioCards
              legend={texts.wayTitle}
              hideLegend
              value={way}
              onChange={setWay}
              options={[
                { value: 'page', label: texts.wayPage, hint: texts.wayPageHint },
                { value: 'service', label: texts.wayService, hint: texts.wayServiceHint },
              ]}
            />
            {way === 'page' && (
              <RootSourceChoice
                draft={source}
                open={source.kind === 'file' || undefined}
                onChange={setSource}
              />
            )}
            {isFileMissing && <p class="soft">{shared.needFile}</p>}
          </section>
        </>
      )}
      {isBusy && (
        <div class="stack">
          <Progress
            label={texts.checking}
            share={done / entries.length}
            detail={texts.progress(done, entries.length)}
          />
          <div>
            <Button icon="stop" onClick={checking.cancel}>
              {texts.stop}
            </Button>
          </div>
        </div>
      )}
      {checking.state === 'failed' && <ErrorNotice error={checking.error} onRetry={check} />}
    </Screen>
  );
}
