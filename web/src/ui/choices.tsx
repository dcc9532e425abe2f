import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { classes } from './classes.ts';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
}

export interface RadioCardsProps<T extends string> {
  /** The question. */
  readonly legend: ComponentChildren;
  /** Whether the question is for readers alone: where a heading asks it already. */
  readonly hideLegend?: boolean | undefined;
  readonly options: readonly Choice<T>[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
}

/** One of a few, as large cards. */
export function RadioCards<T extends string>(props: RadioCardsProps<T>): JSX.Element {
  const { legend, hideLegend = false, options, value, onChange } = props;
  const name = useId();
  return (
    <fieldset class="stack stack--tight">
      <legend class={hideLegend ? 'visually-hidden' : 'field__label'}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} class="choice">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span class="choice__text">
            <span class="choice__label">{option.label}</span>
            {option.hint !== undefined && <span class="choice__hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export interface CheckboxProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Yes or no; the whole card can be pressed. */
export function Checkbox({ label, hint, checked, onChange }: CheckboxProps): JSX.Element {
  return (
    <label class={classes('choice', 'choice--check')}>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="choice__text">
        <span class="choice__label">{label}</span>
        {hint !== undefined && <span class="choice__hint">{hint}</span>}
      </span>
    </label>
  );
}
