import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PresetAnswer } from '../../../../src/sdk/answers.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Form } from '../../ui/form.tsx';
import { Fault } from '../../ui/notice.tsx';
import { Stepper } from '../../ui/stepper.tsx';
import { ApiKeyField, isKeyBad } from './api-key-field.tsx';
import { AskInputs } from './ask-inputs.tsx';
import { AskTerms } from './ask-terms.tsx';
import { askTexts } from './ask-texts.ts';
import { type Draft, type ReadyAsk, readPurpose } from './draft.ts';
import { focusFirstError } from './focus-first-error.ts';
import { type InputErrors, type InputName, inputsOf, readInputs } from './preset-inputs.ts';

export interface AskFormProps {
  readonly preset: PresetAnswer;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onReady: (ready: ReadyAsk) => void;
}

/** What a use needs to know, and what for it is asked. */
export function AskForm({ preset, draft, onChange, onReady }: AskFormProps): JSX.Element {
  const texts = useTexts(askTexts);
  const language = useLanguage();
  const [errors, setErrors] = useState<InputErrors>({});
  const [isPurposeBad, setPurposeBad] = useState(false);
  const [failed, setFailed] = useState(false);
  const { needed, offered, further } = inputsOf(preset);
  const type = (name: InputName, text: string) => {
    onChange({ ...draft, typed: { ...draft.typed, [name]: text } });
    // What was wrong is judged anew when they go on.
    setErrors({ ...errors, [name]: undefined });
  };
  const goOn = () => {
    const { inputs, errors: found } = readInputs(draft.typed, needed);
    const purpose = readPurpose(draft.purpose);
    const isBad = purpose === undefined || Object.keys(found).length > 0 || isKeyBad();
    setErrors(found);
    setPurposeBad(purpose === undefined);
    setFailed(isBad);
    if (isBad) focusFirstError();
    if (isBad || purpose === undefined) return;
    const { expiry, once } = draft;
    onReady({ slug: preset.slug, inputs, purpose, expiry, once });
  };
  const inputs = { typed: draft.typed, errors, onInput: type };
  return (
    <Form class="stack stack--loose" onSubmit={goOn}>
      <Screen
        title={preset.name[language]}
        lead={texts.detailsLead}
        back="#/ask"
        actions={
          <Button kind="main" type="submit">
            {texts.next}
          </Button>
        }
      >
        <Stepper label={texts.steps} steps={texts.stepNames} now={0} />
        <div class="stack stack--form">
          <AskInputs names={[...needed, ...offered]} {...inputs} />
          <AskTerms draft={draft} isPurposeBad={isPurposeBad} onChange={onChange} />
        </div>
        <Disclosure summary={texts.more} open={further.some((name) => errors[name]) || undefined}>
          <AskInputs names={further} {...inputs} />
        </Disclosure>
        <ApiKeyField />
        <Fault>{failed && texts.correctFirst}</Fault>
      </Screen>
    </Form>
  );
}
