import type { JSX } from 'preact';
import { useTexts } from '../../shell/texts.ts';
import { Checkbox } from '../../ui/choices.tsx';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { askTexts } from './ask-texts.ts';
import { type Draft, type Expiry, expiries } from './draft.ts';

export interface AskTermsProps {
  readonly draft: Draft;
  readonly isPurposeBad: boolean;
  readonly onChange: (draft: Draft) => void;
}

/** What for, how long, how often: the same for every use. */
export function AskTerms({ draft, isPurposeBad, onChange }: AskTermsProps): JSX.Element {
  const texts = useTexts(askTexts);
  return (
    <>
      <TextInput
        label={texts.purpose}
        hint={texts.purposeHint}
        error={isPurposeBad && texts.purposeError}
        value={draft.purpose}
        onInput={(purpose) => onChange({ ...draft, purpose })}
      />
      <Select
        label={texts.expiry}
        hint={texts.expiryHint}
        value={draft.expiry}
        options={Object.keys(expiries).map((value) => ({
          value,
          label: texts.expiries[value] ?? value,
        }))}
        onInput={(expiry) => onChange({ ...draft, expiry: expiry as Expiry })}
      />
      <Checkbox
        label={texts.once}
        hint={texts.onceHint}
        checked={draft.once}
        onChange={(once) => onChange({ ...draft, once })}
      />
    </>
  );
}
