import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { newMnemonic } from '../../../../src/holder/mnemonic.ts';
import { navigate, type Route } from '../../shell/router.ts';
import { useLanguage } from '../../shell/texts.ts';
import type { Database } from '../vault/database.ts';
import { enterWallet } from '../wallet-state.ts';
import { ConfirmScreen } from './confirm-screen.tsx';
import { FileScreen } from './file-screen.tsx';
import { LockScreen, type Ready } from './lock-screen.tsx';
import { RecoverScreen } from './recover-screen.tsx';
import { endSteps, type SetupStep, stepOf, stepPath } from './steps.ts';
import { WelcomeScreen } from './welcome-screen.tsx';
import { WordsScreen } from './words-screen.tsx';

export interface SetupPageProps {
  readonly db: Database;
  /** Where a link led: the address stays, and its screen follows. */
  readonly route: Route;
}

/** From nothing to an unlocked wallet. The words are in memory alone until they are sealed. */
export function SetupPage({ db, route }: SetupPageProps): JSX.Element {
  const language = useLanguage();
  /** Made when they are shown, in the language of that moment. */
  const fresh = useRef<string | undefined>(undefined);
  const [ready, setReady] = useState<Ready>();
  const step = stepOf(route);
  const lockNext = (words: Ready) => {
    setReady(words);
    navigate(stepPath(route, 'lock' satisfies SetupStep));
  };
  const enter = async (words: Ready) => {
    await enterWallet(db, words.mnemonic, words.isNew ? 'made' : 'recovered');
    endSteps(route);
  };
  if (step === 'words') {
    fresh.current ??= newMnemonic(language);
    return <WordsScreen key={step} route={route} mnemonic={fresh.current} />;
  }
  if (step === 'confirm' && fresh.current) {
    const mnemonic = fresh.current;
    return (
      <ConfirmScreen
        key={step}
        route={route}
        mnemonic={mnemonic}
        onConfirmed={() => lockNext({ mnemonic, isNew: true })}
      />
    );
  }
  if (step === 'lock' && ready) {
    return <LockScreen key={step} db={db} route={route} ready={ready} onLocked={enter} />;
  }
  if (step === 'recover') {
    return (
      <RecoverScreen
        key={step}
        route={route}
        onWords={(mnemonic) => lockNext({ mnemonic, isNew: false })}
      />
    );
  }
  if (step === 'file') {
    const opened = (mnemonic: string) => enter({ mnemonic, isNew: false });
    return <FileScreen key={step} db={db} route={route} onOpened={opened} />;
  }
  return <WelcomeScreen key="welcome" route={route} />;
}
