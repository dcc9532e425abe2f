import type { JSX } from 'preact';
import { insurances } from '../../../../src/ledger/insurance.ts';
import { cityName, insuranceName } from '../../../../src/statements/words.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { inputTexts } from './input-texts.ts';
import type { InputErrors, InputName, TypedInputs } from './preset-inputs.ts';

export interface AskInputsProps {
  readonly names: readonly InputName[];
  readonly typed: TypedInputs;
  readonly errors: InputErrors;
  readonly onInput: (name: InputName, text: string) => void;
}

/** The inputs of a use, each with what to enter. */
export function AskInputs({ names, typed, errors, onInput }: AskInputsProps): JSX.Element {
  const texts = useTexts(inputTexts);
  const language = useLanguage();
  return (
    <>
      {names.map((name) => {
        const value = typed[name] ?? '';
        const { label, hint } = texts[name];
        const error = errors[name]?.text(language);
        const entry = { label, value, error, onInput: (text: string) => onInput(name, text) };
        if (name === 'insurance') {
          const options = insurances.map((one, i) => ({
            value: one,
            label: insuranceName(i, language),
          }));
          return <Select key={name} {...entry} value={value || 'pension'} options={options} />;
        }
        const city = name === 'region' ? knownCity(value, language) : undefined;
        const isCount = /^min(Months|People)$/.test(name);
        return (
          <TextInput
            key={name}
            {...entry}
            hint={city ?? hint}
            inputMode={
              isCount || name === 'region' ? 'numeric' : /Fen$/.test(name) ? 'decimal' : 'text'
            }
            maxLength={name === 'employer' ? 24 : 18}
          />
        );
      })}
    </>
  );
}

/** The name of a city that is known here: who types its code sees that it is the right one. */
function knownCity(code: string, language: 'zh' | 'en'): string | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const name = cityName(Number(code), language);
  return name === code ? undefined : name;
}
