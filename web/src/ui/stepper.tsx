import type { JSX } from 'preact';
import { Icon } from './icons.tsx';

export interface StepperProps {
  /** Of the list, for readers. */
  readonly label: string;
  readonly steps: readonly string[];
  /** Place of the present one, from 0. */
  readonly now: number;
}

/** Where somebody is on the way. */
export function Stepper({ label, steps, now }: StepperProps): JSX.Element {
  const stateOf = (i: number) => (i < now ? 'done' : i === now ? 'now' : 'ahead');
  return (
    <ol class="stepper" aria-label={label}>
      {steps.map((step, i) => (
        <li
          key={step}
          class="stepper__step"
          data-state={stateOf(i)}
          aria-current={i === now ? 'step' : undefined}
        >
          <span class="stepper__mark" aria-hidden="true">
            {i < now ? <Icon name="check" /> : i + 1}
          </span>
          <span class="stepper__label">{step}</span>
        </li>
      ))}
    </ol>
  );
}
