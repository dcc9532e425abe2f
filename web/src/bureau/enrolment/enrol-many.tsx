import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { readJson } from '../../shared/files.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Fault } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { enrolKey } from './enrol-key.ts';
import { type Outcome, Outcomes } from './outcomes.tsx';
import { type Entry, readEntries } from './read-key.ts';
import { manyTexts } from './texts.ts';

const FORM = `[
  { "idNumber": "…", "enrolment": { "format": "canbao/enrolment@1", … } },
  { "creditCode": "…", "enrolment": { … } }
]`;

/** Several at once, one call each: what is wrong with one is no matter for the others. */
export function EnrolMany(): JSX.Element {
  const texts = useTexts(manyTexts);
  const [isChecked, setChecked] = useState(false);
  const [wasTried, setTried] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const reading = useAsync(async (_, file: File) => readEntries(await readJson(file)));
  const enrolling = useAsync(async (signal, entries: readonly Entry[]) => {
    const done: Outcome[] = [];
    for (const [i, entry] of entries.entries()) {
      done.push({ row: i + 1, whose: maskedNumber(entry), error: await enrol(entry, signal) });
      setOutcomes([...done]);
    }
  });
  const entries = reading.state === 'done' ? reading.value : undefined;
  const isBad = reading.state === 'done' && !entries;
  return (
    <div class="stack form-column">
      <p>{texts.lead}</p>
      <FileDrop
        label={texts.drop}
        buttonLabel={texts.choose}
        accept=".json,application/json"
        busy={enrolling.state === 'busy'}
        onFiles={([file]) => {
          enrolling.cancel();
          setOutcomes([]);
          setChecked(false);
          if (file) reading.run(file);
        }}
      />
      {reading.state === 'failed' && <ErrorNotice error={reading.error} />}
      <Fault>{isBad && texts.bad}</Fault>
      <Disclosure summary={texts.form} open={isBad}>
        <pre class="code-line">{FORM}</pre>
      </Disclosure>
      {entries && outcomes.length === 0 && enrolling.state !== 'busy' && (
        <>
          <p class="strong">{texts.found(entries.length)}</p>
          <Checkbox label={texts.checked} checked={isChecked} onChange={setChecked} />
          <Fault>{wasTried && !isChecked && texts.checkFirst}</Fault>
          <div class="actions">
            <Button
              kind="main"
              icon="key"
              onClick={() => {
                setTried(true);
                if (isChecked) enrolling.run(entries);
              }}
            >
              {texts.start(entries.length)}
            </Button>
          </div>
        </>
      )}
      {entries && enrolling.state === 'busy' && (
        <>
          <Progress
            label={texts.going}
            share={outcomes.length / entries.length}
            detail={texts.of(outcomes.length, entries.length)}
          />
          <div>
            <Button icon="stop" onClick={enrolling.cancel}>
              {texts.stop}
            </Button>
          </div>
        </>
      )}
      {enrolling.state === 'failed' && <ErrorNotice error={enrolling.error} />}
      {outcomes.length > 0 && <Outcomes outcomes={outcomes} isOver={enrolling.state !== 'busy'} />}
    </div>
  );
}

/** @returns what is wrong with the entry; throws what is wrong with everything */
async function enrol(entry: Entry, signal: AbortSignal): Promise<unknown> {
  try {
    await enrolKey(entry, signal);
    return undefined;
  } catch (error) {
    const isOfEntry = error instanceof CanbaoError && /^(holder|ledger|http\.bad)/.test(error.code);
    if (isOfEntry) return error;
    throw error;
  }
}

function maskedNumber(entry: Entry): string {
  const number = 'idNumber' in entry ? entry.idNumber : entry.creditCode;
  return `${number.slice(0, 4)}…${number.slice(-4)}`;
}
