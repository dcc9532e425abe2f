import type { JSX } from 'preact';
import type { Route } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RecoveryFileForm } from '../recovery-file-form.tsx';
import { SetupStepper } from './setup-stepper.tsx';
import { stepHref } from './steps.ts';
import { setupTexts } from './texts.ts';
import { WordList } from './word-list.tsx';

export interface WordsScreenProps {
  readonly route: Route;
  readonly mnemonic: string;
}

/** The words to write down. */
export function WordsScreen({ route, mnemonic }: WordsScreenProps): JSX.Element {
  const texts = useTexts(setupTexts);
  return (
    <Screen
      title={texts.words}
      back={stepHref(route)}
      lead={texts.wordsLead}
      actions={
        <>
          <LinkButton kind="main" icon="pen" href={stepHref(route, 'confirm')}>
            {texts.wordsDone}
          </LinkButton>
          <Button icon="print" onClick={() => print()}>
            {texts.wordsPrint}
          </Button>
        </>
      }
    >
      <SetupStepper now={0} />
      <WordList label={texts.wordsList} mnemonic={mnemonic} />
      <Notice tone="warn" title={texts.wordsWarning}>
        {texts.wordsWarningText}
      </Notice>
      <div class="no-print">
        <Disclosure summary={texts.wordsFile}>
          <RecoveryFileForm mnemonic={mnemonic} />
        </Disclosure>
      </div>
    </Screen>
  );
}
