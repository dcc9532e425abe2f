import type { JSX } from 'preact';
import { useStore } from '../../shell/store.ts';
import { useTexts } from '../../shell/texts.ts';
import { RadioCards } from '../../ui/choices.tsx';
import { AUTO_LOCK_MINUTES, autoLock, chooseAutoLock } from '../auto-lock.ts';
import { settingsTexts } from './texts.ts';

/** When the wallet locks by itself: never, unless the person likes it. */
export function AutoLockChoice(): JSX.Element {
  const texts = useTexts(settingsTexts);
  const chosen = useStore(autoLock);
  return (
    <section class="stack" aria-labelledby="auto-lock">
      <h2 id="auto-lock">{texts.autoLock}</h2>
      <RadioCards
        legend={texts.autoLockLead}
        options={AUTO_LOCK_MINUTES.map((minutes) => ({
          value: `${minutes}`,
          label: minutes === 0 ? texts.never : texts.minutes(minutes),
          ...(minutes === 0 && { hint: texts.neverHint }),
        }))}
        value={`${chosen}`}
        onChange={(value) => {
          const minutes = AUTO_LOCK_MINUTES.find((one) => `${one}` === value);
          if (minutes !== undefined) chooseAutoLock(minutes);
        }}
      />
    </section>
  );
}
