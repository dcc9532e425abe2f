import type { ComponentType, JSX } from 'preact';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useTexts } from '../shell/texts.ts';
import { useLoad } from '../shell/use-async.ts';
import { Spinner } from '../ui/spinner.tsx';
import { walletTexts } from './texts.ts';

/** A screen in a chunk of its own, so that the first one is there soon. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => JSX.Element {
  return function Later(props: P): JSX.Element {
    const texts = useTexts(walletTexts);
    const loading = useLoad(load, []);
    if (loading.state === 'failed') {
      return <ErrorNotice error={loading.error} todo={texts.chunkTodo} onRetry={loading.run} />;
    }
    if (loading.state !== 'done') return <Spinner>{texts.opening}</Spinner>;
    const Loaded = loading.value;
    return <Loaded {...props} />;
  };
}
