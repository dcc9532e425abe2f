import type { JSX } from 'preact';
import { readText } from '../../shared/files.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { faultText } from '../../shell/fault-text.ts';
import { useStore } from '../../shell/store.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { RadioCards } from '../../ui/choices.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Select, TextArea, TextInput } from '../../ui/inputs.tsx';
import { runningRequests } from '../running/running-requests.ts';
import { checkTexts } from './check-texts.ts';
import type { ExpectationDraft } from './expectation.ts';
import type { EnteredExpectation } from './use-expectation.ts';

export type ExpectationChoiceProps = Omit<EnteredExpectation, 'read'>;

/** Whose request it was, or whom it must be for. */
export function ExpectationChoice(props: ExpectationChoiceProps): JSX.Element {
  const { draft, error } = props;
  const texts = useTexts(checkTexts);
  const language = useLanguage();
  const running = useStore(runningRequests);
  const change = (part: Partial<ExpectationDraft>) => props.change({ ...draft, ...part });
  const reading = useAsync(async (_, file: File) => change({ copy: await readText(file) }));
  const wrong = error && faultText(error, language);
  const options = [
    ...(running.length > 0 ? [{ value: 'own' as const, label: texts.own }] : []),
    { value: 'copy' as const, label: texts.copy, hint: texts.copyHint },
    { value: 'audience' as const, label: texts.audience, hint: texts.audienceHint },
    { value: 'none' as const, label: texts.none, hint: texts.noneHint },
  ];
  return (
    <section class="stack">
      <h2>{texts.forWhom}</h2>
      <p class="soft">{texts.forWhomHint}</p>
      <RadioCards
        legend={texts.forWhom}
        hideLegend
        options={options}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
      />
      {draft.kind === 'own' && (
        <Select
          label={texts.ownWhich}
          value={draft.own}
          options={running.map(({ id, name, request }) => ({
            value: id,
            label: `${name[language]} · ${purposeOf(request)}`,
          }))}
          onInput={(own) => change({ own })}
        />
      )}
      {draft.kind === 'copy' && (
        <>
          <FileDrop
            label={texts.copyDrop}
            buttonLabel={texts.copyButton}
            accept=".json,application/json"
            onFiles={([file]) => file && reading.run(file)}
          />
          {reading.state === 'failed' && <ErrorNotice error={reading.error} />}
          <TextArea
            label={texts.copyLabel}
            error={wrong}
            value={draft.copy}
            onInput={(copy) => change({ copy })}
          />
        </>
      )}
      {draft.kind === 'audience' && (
        <TextInput
          type="url"
          label={texts.audienceLabel}
          hint={texts.audienceExample}
          error={wrong}
          value={draft.audience}
          onInput={(audience) => change({ audience })}
        />
      )}
    </section>
  );
}

function purposeOf(request: object): string {
  const { purpose, requests } = request as { purpose?: string; requests?: { purpose: string }[] };
  return purpose ?? requests?.[0]?.purpose ?? '';
}
