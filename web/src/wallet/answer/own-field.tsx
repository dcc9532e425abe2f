import type { JSX } from 'preact';
import { insurances } from '../../../../src/ledger/insurance.ts';
import type { PresetFieldName } from '../../../../src/statements/preset-fields.ts';
import { insuranceName } from '../../../../src/statements/words.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { openTexts } from './open-texts.ts';

export interface OwnFieldProps {
  readonly name: PresetFieldName;
  readonly value: string;
  readonly error: string | false;
  readonly onInput: (text: string) => void;
}

/** What a preset needs beside the record: an insurance, a city, an amount. */
export function OwnField({ name, value, error, onInput }: OwnFieldProps): JSX.Element {
  const { fields } = useTexts(openTexts);
  const language = useLanguage();
  const known = name as keyof typeof fields;
  if (name === 'insurance') {
    const options = insurances.map((one, i) => ({ value: one, label: insuranceName(i, language) }));
    return (
      <Select
        label={fields.insurance}
        options={options}
        value={value === '' ? 'pension' : value}
        onInput={onInput}
      />
    );
  }
  const hint =
    name === 'region' ? fields.regionHint : name === 'employer' ? fields.employerHint : undefined;
  return (
    <TextInput
      {...{ error, value, onInput, hint, label: fields[known] ?? name }}
      type={name === 'onMonth' ? 'month' : 'text'}
      {...(/Fen$|Months$|region/.test(name) && { inputMode: 'decimal' as const })}
    />
  );
}
