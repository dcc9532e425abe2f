import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from './button.tsx';

export interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  /** Once it is copied. */
  readonly doneLabel: string;
  /** Where the browser does not let it. */
  readonly failedLabel: string;
}

const SHOWN_MS = 4000;

/** Puts a text where it can be pasted from, and says so. */
export function CopyButton({ text, label, doneLabel, failedLabel }: CopyButtonProps): JSX.Element {
  const [state, setState] = useState<'ready' | 'done' | 'failed'>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('done'),
      () => setState('failed'),
    );
  return (
    <>
      <Button icon={state === 'done' ? 'check' : 'copy'} onClick={copy}>
        {state === 'done' ? doneLabel : label}
      </Button>
      <span role="status" class={state === 'failed' ? undefined : 'visually-hidden'}>
        {state === 'done' && doneLabel}
        {state === 'failed' && failedLabel}
      </span>
    </>
  );
}
