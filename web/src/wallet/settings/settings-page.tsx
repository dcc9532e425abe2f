import type { JSX } from 'preact';
import { NotFound } from '../../shell/not-found.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useStore } from '../../shell/store.ts';
import { useTexts } from '../../shell/texts.ts';
import { Door } from '../../ui/card.tsx';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { walletState } from '../wallet-state.ts';
import { AutoLockChoice } from './auto-lock-choice.tsx';
import { FileScreen } from './file-screen.tsx';
import { RemoveScreen } from './remove-screen.tsx';
import { settingsTexts } from './texts.ts';
import { WaysScreen } from './ways-screen.tsx';
import { WordsScreen } from './words-screen.tsx';

/** `#/settings` and what is below it. */
export function SettingsPage({ route }: WalletScreenProps): JSX.Element | null {
  const texts = useTexts(settingsTexts);
  const state = useStore(walletState);
  if (state.kind !== 'open') return null;
  const { db, ways } = state;
  switch (route.segments[1]) {
    case undefined:
      break;
    case 'unlocking':
      return <WaysScreen db={db} ways={ways} />;
    case 'words':
      return <WordsScreen db={db} ways={ways} />;
    case 'file':
      return <FileScreen db={db} ways={ways} />;
    case 'remove':
      return <RemoveScreen db={db} />;
    default:
      return <NotFound />;
  }
  return (
    <Screen title={texts.title} back="#/">
      <nav class="stack" aria-label={texts.title}>
        <Door
          href="#/settings/unlocking"
          icon="lock"
          title={ways.passphrase ? texts.changePassphrase : texts.setPassphrase}
          text={`${texts.passphraseText}${ways.device ? ` · ${texts.device}: ${texts.deviceOn}` : ''}`}
        />
        <Door href="#/settings/words" icon="eye" title={texts.words} text={texts.wordsText} />
        <Door href="#/settings/file" icon="download" title={texts.file} text={texts.fileText} />
        <Door href="#/enrolment" icon="qr" title={texts.enrolment} text={texts.enrolmentText} />
        <Door href="#/settings/remove" icon="trash" title={texts.remove} text={texts.removeText} />
      </nav>
      <AutoLockChoice />
    </Screen>
  );
}
