import type { ComponentType, JSX } from 'preact';
import { Spinner } from '../ui/spinner.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { shellTexts } from './shell-texts.ts';
import { defineTexts, useTexts } from './texts.ts';
import { useLoad } from './use-async.ts';

const texts = defineTexts({ zh: { opening: '正在打开…' }, en: { opening: 'Opening…' } });

/** A screen in a chunk of its own, so that the first one of its page is there soon. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => JSX.Element {
  return function Later(props: P): JSX.Element {
    const { opening } = useTexts(texts);
    const { offlineTodo } = useTexts(shellTexts);
    const loading = useLoad(load, []);
    if (loading.state === 'failed') {
      return <ErrorNotice error={loading.error} todo={offlineTodo} onRetry={loading.run} />;
    }
    if (loading.state !== 'done') return <Spinner>{opening}</Spinner>;
    const Loaded = loading.value;
    return <Loaded {...props} />;
  };
}
