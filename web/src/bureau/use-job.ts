import { useEffect, useState } from 'preact/hooks';
import type { z } from 'zod';
import { isUnreachable, sleep } from '../../../src/sdk/connection.ts';
import { useLanguage } from '../shell/texts.ts';
import { callBureau } from './api.ts';

const LOOK_MS = 800;

type JobAnswer = z.ZodType<{ readonly endedAt: number | null }>;

export interface SeenJob<T> {
  readonly job?: T;
  readonly error?: unknown;
}

/** Something that was queued, looked at again and again until its end. */
export function useJob<T extends JobAnswer>(answer: T, path: string): SeenJob<z.output<T>> {
  const [seen, setSeen] = useState<SeenJob<z.output<T>>>({});
  const language = useLanguage();
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const follow = async () => {
      while (!signal.aborted) {
        try {
          const job = await callBureau(answer, { method: 'GET', path, signal });
          setSeen({ job });
          if (job.endedAt !== null) return;
        } catch (error) {
          if (!isUnreachable(error)) throw error;
        }
        await sleep(LOOK_MS, signal);
      }
    };
    follow().catch((error: unknown) => {
      if (!signal.aborted) setSeen((before) => ({ ...before, error }));
    });
    return () => leaving.abort();
  }, [answer, path, language]);
  return seen;
}
