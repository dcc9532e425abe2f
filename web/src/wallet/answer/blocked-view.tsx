import type { JSX } from 'preact';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { LinkButton } from '../../ui/button.tsx';
import { answerTexts } from './answer-texts.ts';

export interface BlockedViewProps {
  readonly error: unknown;
  /** What it takes to go on: another request, or a record. */
  readonly lacks: 'request' | 'record';
  readonly back: string;
  readonly onRetry?: (() => void) | undefined;
}

/** A request that cannot be answered, and where to get what it lacks. */
export function BlockedView({ error, lacks, back, onRetry }: BlockedViewProps): JSX.Element {
  const texts = useTexts(answerTexts);
  const isRequest = lacks === 'request';
  const todo = isRequest ? texts.requestTodo : texts.recordTodo;
  return (
    <Screen
      title={texts.title}
      back={back}
      actions={
        <LinkButton
          kind="main"
          icon={isRequest ? 'qr' : 'download'}
          href={isRequest ? '#/open' : '#/record'}
        >
          {isRequest ? texts.toOpen : texts.toRecord}
        </LinkButton>
      }
    >
      <ErrorNotice error={error} todo={todo} onRetry={onRetry} />
    </Screen>
  );
}
