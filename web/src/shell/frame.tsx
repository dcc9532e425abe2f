import type { ComponentChildren, JSX } from 'preact';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Notice } from '../ui/notice.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { reading, stopReading } from './read-aloud.ts';
import { shellTexts } from './shell-texts.ts';
import { useStore } from './store.ts';
import { useTexts } from './texts.ts';

export interface FrameProps {
  /** Name of the page, beside ours; none on the start page. */
  readonly page?: string | undefined;
  /** For tables and forms side by side. */
  readonly wide?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** What every page has around its screens. */
export function Frame({ page, wide = false, children }: FrameProps): JSX.Element {
  const texts = useTexts(shellTexts);
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads within the page, and the part behind # is the route */}
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>('main')?.focus();
        }}
      >
        {texts.skip}
      </a>
      <Header page={page} />
      <main id="main" class={classes('main', wide && 'main--wide')} tabIndex={-1}>
        <ErrorBoundary>{children}</ErrorBoundary>
      </main>
      <ReadingBar />
    </>
  );
}

function ReadingBar(): JSX.Element | null {
  const texts = useTexts(shellTexts);
  const state = useStore(reading);
  if (state === 'silent') return null;
  return (
    <section class="reading no-print" aria-label={texts.readAloud}>
      {state === 'failed' ? (
        <Notice tone="warn" announce>
          <p>{texts.cannotRead}</p>
          <p>
            <Button onClick={stopReading}>{texts.close}</Button>
          </p>
        </Notice>
      ) : (
        <div class="reading__bar">
          <span>{texts.reading}</span>
          <Button icon="stop" onClick={stopReading}>
            {texts.stopReading}
          </Button>
        </div>
      )}
    </section>
  );
}
