import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, RadioCards } from '../../ui/choices.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { AskPreview } from './ask-preview.tsx';
import { askTexts } from './ask-texts.ts';
import { type ReadyAsk, readPurpose } from './draft.ts';
import { focusFirstError } from './focus-first-error.ts';
import { hireTexts } from './hire-texts.ts';
import { type InputErrors, readInputs } from './preset-inputs.ts';
import { rememberedEmployer } from './remembered-employer.ts';

const PRESETS = { short: 'tender-staff-3m', long: 'tender-staff-6m' } as const;

/** The short way of an employer: own code, and on. */
export function HirePage(): JSX.Element {
  const texts = useTexts(hireTexts);
  const shared = useTexts(askTexts);
  const language = useLanguage();
  const [employer, setEmployer] = useState(() => rememberedEmployer.read() ?? '');
  const [remember, setRemember] = useState(employer !== '');
  const [span, setSpan] = useState<keyof typeof PRESETS>('short');
  const [purpose, setPurpose] = useState<string>(texts.hirePurpose);
  const [errors, setErrors] = useState<InputErrors>({});
  const [isPurposeBad, setPurposeBad] = useState(false);
  const [ready, setReady] = useState<ReadyAsk>();
  if (ready) {
    const name = { zh: hireTexts.zh.hireName, en: hireTexts.en.hireName };
    return (
      <AskPreview
        key="preview"
        ready={ready}
        name={name}
        again="#/hire"
        back="#/"
        onEdit={() => setReady(undefined)}
      />
    );
  }
  const goOn = () => {
    const read = readInputs({ employer }, ['employer']);
    const what = readPurpose(purpose);
    setErrors(read.errors);
    setPurposeBad(what === undefined);
    if (read.errors.employer || what === undefined) return focusFirstError();
    if (remember && read.inputs.employer) rememberedEmployer.write(read.inputs.employer);
    else rememberedEmployer.forget();
    const slug = PRESETS[span];
    setReady({ slug, inputs: read.inputs, purpose: what, expiry: 'day', once: false });
  };
  return (
    <Form class="stack stack--loose" onSubmit={goOn}>
      <Screen
        key="form"
        title={texts.hireTitle}
        lead={texts.hireLead}
        back="#/"
        actions={
          <Button kind="main" type="submit">
            {shared.next}
          </Button>
        }
      >
        <div class="stack stack--form">
          <TextInput
            label={texts.hireEmployer}
            hint={texts.hireEmployerHint}
            error={errors.employer?.text(language)}
            value={employer}
            maxLength={24}
            onInput={(text) => {
              setEmployer(text);
              setErrors({});
            }}
          />
          <Checkbox
            label={texts.remember}
            hint={texts.rememberHint}
            checked={remember}
            onChange={(chosen) => {
              setRemember(chosen);
              if (!chosen) rememberedEmployer.forget();
            }}
          />
          <RadioCards
            legend={texts.hireMonths}
            value={span}
            onChange={setSpan}
            options={[
              { value: 'short', label: texts.hireShort },
              { value: 'long', label: texts.hireLong },
            ]}
          />
          <TextInput
            label={shared.purpose}
            hint={shared.purposeHint}
            error={isPurposeBad && shared.purposeError}
            value={purpose}
            onInput={setPurpose}
          />
        </div>
      </Screen>
    </Form>
  );
}
