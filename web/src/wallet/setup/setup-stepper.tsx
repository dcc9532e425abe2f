import type { JSX } from 'preact';
import { useTexts } from '../../shell/texts.ts';
import { Stepper } from '../../ui/stepper.tsx';
import { setupTexts } from './texts.ts';

/** Where somebody is on the way to a new wallet. */
export function SetupStepper({ now }: { readonly now: number }): JSX.Element {
  const texts = useTexts(setupTexts);
  return (
    <div class="no-print">
      <Stepper label={texts.steps} steps={texts.stepNames} now={now} />
    </div>
  );
}
