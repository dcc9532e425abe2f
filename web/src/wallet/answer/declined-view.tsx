import type { JSX } from 'preact';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { HistoryEntry } from '../history/entry.ts';
import { answerTexts } from './answer-texts.ts';

export interface DeclinedViewProps {
  readonly entry: HistoryEntry;
  readonly onBack: () => void;
}

/** No was said; that can be taken back. */
export function DeclinedView({ entry, onBack }: DeclinedViewProps): JSX.Element {
  const texts = useTexts(answerTexts);
  const title = entry.source.kind === 'service' ? texts.refused : texts.refusedFile;
  return (
    <Screen
      title={title}
      back="#/"
      actions={
        <>
          <LinkButton kind="main" icon="home" href="#/">
            {texts.toHome}
          </LinkButton>
          <Button icon="refresh" onClick={onBack}>
            {texts.change}
          </Button>
        </>
      }
    >
      <Notice tone="info" announce>
        {texts.refusedText}
      </Notice>
    </Screen>
  );
}
