import type { JSX } from 'preact';
import { Field, type FieldTexts } from './field.tsx';

interface Entry extends FieldTexts {
  readonly value: string;
  readonly onInput: (value: string) => void;
}

export interface TextInputProps extends Entry {
  readonly type?: 'text' | 'password' | 'url' | 'month' | 'search' | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'url' | undefined;
  /** As HTML names it, such as `new-password` or `off`. */
  readonly autocomplete?: string | undefined;
  readonly maxLength?: number | undefined;
}

/** One line. */
export function TextInput(props: TextInputProps): JSX.Element {
  const { label, hint, error, value, onInput, type = 'text', autocomplete = 'off' } = props;
  const { inputMode, maxLength } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <input
          {...ids}
          class="input"
          // The library's types want one element a type.
          {...({ type, value, inputMode, maxLength, autocomplete } as object)}
          spellcheck={false}
          autocapitalize="off"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export interface TextAreaProps extends Entry {
  readonly rows?: number | undefined;
}

/** Several lines. */
export function TextArea(props: TextAreaProps): JSX.Element {
  const { label, hint, error, value, onInput, rows } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <textarea
          {...ids}
          class="input"
          {...{ value, rows }}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface SelectProps extends Entry {
  readonly options: readonly Option[];
}

/** One of many; for a few, see `RadioCards`. */
export function Select(props: SelectProps): JSX.Element {
  const { label, hint, error, value, onInput, options } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <select
          {...ids}
          class="input"
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
