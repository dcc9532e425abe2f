import type { z } from 'zod';
import type { CanbaoError, Language } from '../core/errors/canbao-error.ts';
import type { problemBody } from '../core/errors/problem.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** An error as RFC 9457 has it told. */
export function problemOf(error: CanbaoError, language: Language): z.input<typeof problemBody> {
  const { code, status, facts } = error;
  const told = Object.entries(facts).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [[name, typeof value === 'bigint' ? `${value}` : value] as const];
  });
  return {
    type: `urn:canbao:error:${code}`,
    title: error.text(language),
    status,
    code,
    facts: Object.fromEntries(told),
  };
}
