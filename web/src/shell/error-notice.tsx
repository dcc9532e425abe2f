import type { JSX } from 'preact';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { faultText } from './fault-text.ts';
import { shellTexts } from './shell-texts.ts';
import { useLanguage, useTexts } from './texts.ts';

export interface ErrorNoticeProps {
  readonly error: unknown;
  /** What to do next, where the caller knows better than this does. */
  readonly todo?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong as a sentence, and what to do about it. */
export function ErrorNotice({ error, todo, onRetry }: ErrorNoticeProps): JSX.Element {
  const texts = useTexts(shellTexts);
  const language = useLanguage();
  const isOurs = error instanceof CanbaoError;
  const generic = isOurs
    ? /unreachable|not_ready|overloaded/.test(error.code)
      ? texts.offlineTodo
      : texts.genericTodo
    : texts.unexpectedTodo;
  return (
    <Notice tone="bad" title={texts.failed} announce>
      <p>{isOurs ? faultText(error, language) : texts.unexpected}</p>
      <p>{todo ?? generic}</p>
      {onRetry && (
        <p>
          <Button icon="refresh" onClick={onRetry}>
            {texts.retry}
          </Button>
        </p>
      )}
    </Notice>
  );
}
