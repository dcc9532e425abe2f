import { z } from 'zod';
import { errorText, type Language } from '../../../core/errors/canbao-error.ts';
import type { KeptError } from '../../../service/bureau/uploads.ts';

/** 128 random bits in base64url. */
export const idParams = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{22}$/) });
export const seconds = z.int().describe('Unix time');
export const limitQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** An error that ended something that was queued. */
export const keptErrorAnswer = z.object({
  code: z.string(),
  title: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export function keptErrorJson(error: KeptError | null, language: Language) {
  if (!error) return null;
  const { code, facts } = error;
  return { code, title: errorText(code, facts, language), facts: { ...facts } };
}

export const toSeconds = (date: Date) => Math.floor(date.getTime() / 1000);
export const orNull = (date: Date | null) => (date ? toSeconds(date) : null);
