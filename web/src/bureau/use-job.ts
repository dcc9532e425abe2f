import type { z } from 'zod';
import { useLanguage } from '../shell/texts.ts';
import { callBureau } from './api.ts';
import { type Followed, useFollowed } from './use-followed.ts';

const LOOK_MS = 800;

type JobAnswer = z.ZodType<{ readonly endedAt: number | null }>;

/** Something that was queued, looked at again and again until its end. */
export function useJob<T extends JobAnswer>(answer: T, path: string): Followed<z.output<T>> {
  const language = useLanguage();
  return useFollowed<z.output<T>>(
    async (tell, signal) => {
      const job = await callBureau(answer, { method: 'GET', path, signal });
      tell(job);
      return job.endedAt !== null;
    },
    LOOK_MS,
    [answer, path, language],
  );
}
