import { useEffect, useState } from 'preact/hooks';
import { isUnreachable, sleep } from '../../../src/sdk/connection.ts';

export interface Followed<T> {
  /** As it was last seen. */
  readonly seen?: T;
  readonly error?: unknown;
}

/** Tells what it sees. @returns whether it is over */
export type Look<T> = (tell: (seen: T) => void, signal: AbortSignal) => Promise<boolean>;

/**
 * Something that goes on at the service, looked at until its end; where nobody answers, again.
 * @param pauseMs between two looks
 */
export function useFollowed<T>(
  look: Look<T>,
  pauseMs: number,
  dependencies: readonly unknown[],
): Followed<T> {
  const [followed, setFollowed] = useState<Followed<T>>({});
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const follow = async () => {
      while (!signal.aborted) {
        try {
          if (await look((seen) => setFollowed({ seen }), signal)) return;
        } catch (error) {
          if (!isUnreachable(error)) throw error;
        }
        await sleep(pauseMs, signal);
      }
    };
    follow().catch((error: unknown) => {
      if (!signal.aborted) setFollowed((before) => ({ ...before, error }));
    });
    return () => leaving.abort();
  }, dependencies);
  return followed;
}
