import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { OwnerForm } from '../owner-form.tsx';
import { setupTexts } from '../setup/texts.ts';
import { WordList } from '../setup/word-list.tsx';
import { settingsTexts } from './texts.ts';
import type { SettingsScreenProps } from './ways-screen.tsx';

/** The words once more, for the owner. */
export function WordsScreen({ db, ways }: SettingsScreenProps): JSX.Element {
  const texts = useTexts(settingsTexts);
  const setup = useTexts(setupTexts);
  const [mnemonic, setMnemonic] = useState<string>();
  if (mnemonic === undefined) {
    return (
      <Screen key="owner" title={texts.words} back="#/settings" lead={texts.wordsLead}>
        <OwnerForm db={db} ways={ways} label={texts.show} onWords={setMnemonic} />
      </Screen>
    );
  }
  return (
    <Screen
      key="words"
      title={setup.wordsList}
      back="#/settings"
      actions={
        <>
          <LinkButton kind="main" href="#/settings">
            {texts.hide}
          </LinkButton>
          <Button icon="print" onClick={() => print()}>
            {setup.wordsPrint}
          </Button>
        </>
      }
    >
      <WordList label={setup.wordsList} mnemonic={mnemonic} />
      <Notice tone="warn" title={setup.wordsWarning}>
        {setup.wordsWarningText}
      </Notice>
    </Screen>
  );
}
