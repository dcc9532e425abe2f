import type { z } from 'zod';
import { type CanbaoError, type Language, plainFacts } from '../core/errors/canbao-error.ts';
import type { problemBody } from '../core/errors/problem.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** An error as RFC 9457 has it told. */
export function problemOf(error: CanbaoError, language: Language): z.input<typeof problemBody> {
  const { code, status, facts } = error;
  return {
    type: `urn:canbao:error:${code}`,
    title: error.text(language),
    status,
    code,
    facts: plainFacts(facts),
  };
}
