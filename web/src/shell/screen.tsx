import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../ui/icons.tsx';
import { stopReading } from './read-aloud.ts';
import { shellTexts } from './shell-texts.ts';
import { useTexts } from './texts.ts';

export interface ScreenProps {
  readonly title: string;
  /** Where back leads: `#/…`, or another page. None on the first screen of a page. */
  readonly back?: string | undefined;
  /** One or two sentences below the title. */
  readonly lead?: ComponentChildren;
  /** The ways on: they stand last, the main one first among them. */
  readonly actions?: ComponentChildren;
  readonly children?: ComponentChildren;
}

let isFirst = true;

/**
 * One screen of a page. Give each its own `key`: when it appears, the focus goes to its title (not
 * when the page opens: there a reader begins at the top), and the window is named after it.
 */
export function Screen({ title, back, lead, actions, children }: ScreenProps): JSX.Element {
  const texts = useTexts(shellTexts);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · 参保 Canbao`;
  }, [title]);
  useLayoutEffect(() => {
    if (isFirst) {
      isFirst = false;
      return;
    }
    stopReading();
    scrollTo({ top: 0, behavior: 'instant' });
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div class="stack stack--loose">
      <div class="stack">
        {back !== undefined && (
          <p class="no-print">
            <a class="back" href={back}>
              <Icon name="arrowLeft" />
              {texts.back}
            </a>
          </p>
        )}
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {lead !== undefined && <div class="lead soft">{lead}</div>}
      </div>
      {children}
      {actions !== undefined && <div class="actions no-print">{actions}</div>}
    </div>
  );
}
