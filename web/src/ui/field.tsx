import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icons.tsx';

export interface FieldTexts {
  readonly label: ComponentChildren;
  /** What to enter, beside the label: never only inside the box. */
  readonly hint?: ComponentChildren;
  /** What is wrong and what to do; none while nothing is. */
  readonly error?: ComponentChildren;
}

/** What ties a control to its label, hint and error. */
export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

export interface FieldProps extends FieldTexts {
  readonly children: (ids: ControlIds) => JSX.Element;
}

/** A control with its label, and what is to be said of it. */
export function Field({ label, hint, error, children }: FieldProps): JSX.Element {
  const id = useId();
  const isBad = error !== undefined && error !== false && error !== '';
  const described = [hint !== undefined && `${id}-hint`, isBad && `${id}-error`].filter(Boolean);
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      {hint !== undefined && (
        <span class="field__hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({
        id,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': isBad || undefined,
      })}
      <span id={`${id}-error`} role="alert" class={isBad ? 'field__error' : undefined}>
        {isBad && <Icon name="warning" size={22} />}
        {isBad && <span>{error}</span>}
      </span>
    </div>
  );
}
