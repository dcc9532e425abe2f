import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** How something stands that takes time. */
export type AsyncState<T> =
  | { readonly state: 'idle' | 'busy'; readonly value?: undefined; readonly error?: undefined }
  | { readonly state: 'done'; readonly value: T; readonly error?: undefined }
  | { readonly state: 'failed'; readonly value?: undefined; readonly error: unknown };

export type AsyncTask<T, Args extends readonly unknown[]> = AsyncState<T> & {
  /** Starts it, and gives up what was under way before. */
  readonly run: (...args: Args) => void;
  /** Gives it up: the signal is aborted, and its outcome no longer counts. */
  readonly cancel: () => void;
};

/**
 * Something a person starts, and may give up. Leaving the screen gives it up, too.
 *
 * @example
 * ```tsx
 * const sending = useAsync((signal, text: string) => send(text, signal));
 * <Button busy={sending.state === 'busy'} onClick={() => sending.run(text)}>…</Button>
 * {sending.state === 'failed' && <ErrorNotice error={sending.error} />}
 * ```
 */
export function useAsync<T, Args extends readonly unknown[]>(
  work: (signal: AbortSignal, ...args: Args) => Promise<T>,
): AsyncTask<T, Args> {
  const [state, setState] = useState<AsyncState<T>>({ state: 'idle' });
  const current = useRef<AbortController | undefined>(undefined);
  const latest = useRef(work);
  latest.current = work;

  const run = useCallback((...args: Args) => {
    current.current?.abort();
    const own = new AbortController();
    current.current = own;
    setState({ state: 'busy' });
    // Faults at once count as faults later.
    Promise.resolve()
      .then(() => latest.current(own.signal, ...args))
      .then(
        (value) => current.current === own && setState({ state: 'done', value }),
        (error: unknown) => current.current === own && setState({ state: 'failed', error }),
      );
  }, []);
  const cancel = useCallback(() => {
    current.current?.abort();
    current.current = undefined;
    setState({ state: 'idle' });
  }, []);
  useEffect(() => {
    return () => {
      current.current?.abort();
      current.current = undefined;
    };
  }, []);
  return { ...state, run, cancel };
}

/** Something a screen begins with, and does anew when what it depends on changes. */
export function useLoad<T>(
  work: (signal: AbortSignal) => Promise<T>,
  dependencies: readonly unknown[],
): AsyncTask<T, []> {
  const task = useAsync<T, []>(work);
  useEffect(task.run, dependencies);
  return task;
}
