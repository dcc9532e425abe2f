import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { systemClock } from '../../../../src/core/clock.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useStore } from '../../shell/store.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Progress } from '../../ui/progress.tsx';
import { checkTexts } from '../check/check-texts.ts';
import { emptyExpectation } from '../check/expectation.ts';
import { ExpectationChoice } from '../check/expectation-choice.tsx';
import { firstSource, isFileMissing, RootSourceChoice } from '../check/root-source-choice.tsx';
import { useExpectation } from '../check/use-expectation.ts';
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
  const [found, setFound] = useState<readonly NamedText[]>([]);
  const [way, setWay] = useState<BatchWay>('page');
  const [source, setSource] = useState(firstSource);
  const [newest] = useStore(runningRequests);
  const held = useExpectation(
    newest ? { ...emptyExpectation, kind: 'own', own: newest.id } : emptyExpectation,
  );
  const [done, setDone] = useState(0);
  // Codes take a while to read: once, not with every step of a check.
  const entries = useMemo(() => batchEntries(found), [found]);
  const checking = useAsync(async (signal, task: BatchTask) => ({
    rows: await checkBatch(task, signal, setDone),
    ...{ checkedAt: systemClock(), way: task.way },
  }));
  const check = () => {
    setDone(0);
    const expectation = held.read();
    if (expectation) checking.run({ entries, expectation, way, source, language });
  };
  if (checking.value) {
    const again = () => {
      setFound([]);
      checking.cancel();
    };
    return <BatchOutcome key="result" {...checking.value} onAgain={again} />;
  }
  const isBusy = checking.state === 'busy';
  const needsFile = way === 'page' && isFileMissing(source);
  return (
    <Screen
      key="input"
      title={texts.title}
      lead={texts.lead}
      back="#/"
      actions={
        entries.length > 0 &&
        !isBusy && (
          <Button kind="main" icon="shield" disabled={needsFile} onClick={check}>
            {texts.check(entries.length)}
          </Button>
        )
      }
    >
      <BatchInput
        entries={entries}
        onFound={(more) => setFound((before) => [...before, ...more])}
        onClear={() => setFound([])}
      />
      {entries.length > 0 && (
        <>
          <ExpectationChoice {...held} />
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
            {needsFile && <p class="soft">{shared.needFile}</p>}
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
