import type { JSX } from 'preact';
import type { Route } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { LockForm } from '../lock-form.tsx';
import type { Database } from '../vault/database.ts';
import type { Lock } from '../vault/vault.ts';
import { SetupStepper } from './setup-stepper.tsx';
import { stepHref } from './steps.ts';
import { setupTexts } from './texts.ts';

/** Words that may be locked: read back from paper, or recovered. */
export interface Ready {
  readonly mnemonic: string;
  readonly isNew: boolean;
}

export interface LockScreenProps {
  readonly db: Database;
  readonly route: Route;
  readonly ready: Ready;
  readonly onLocked: (ready: Ready) => Promise<void>;
}

/** What the new or recovered wallet is unlocked with from now on. */
export function LockScreen({ db, route, ready, onLocked }: LockScreenProps): JSX.Element {
  const texts = useTexts(setupTexts);
  const lock = async (chosen: Lock) => {
    const { setLock } = await import('../vault/vault.ts');
    await setLock(db, ready.mnemonic, chosen);
    await onLocked(ready);
  };
  return (
    <Screen
      title={texts.lock}
      back={stepHref(route, ready.isNew ? 'words' : 'recover')}
      lead={texts.lockLead}
    >
      {ready.isNew && <SetupStepper now={2} />}
      <LockForm doneLabel={texts.lockDone} note={texts.lockKept} onLock={lock} />
    </Screen>
  );
}
