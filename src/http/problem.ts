import { z } from 'zod';
import { CanbaoError, type Language } from '../core/errors/canbao-error.ts';
import { type ErrorCode, errorCatalogue } from '../core/errors/catalogue.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** RFC 9457, with the error's code and facts beside it. */
export const problemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().exactOptional(),
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

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

/** The error another server tells of; undefined for a body that is none of ours. */
export function errorOfProblem(body: unknown): CanbaoError | undefined {
  const read = problemBody.safeParse(body);
  if (!read.success || !Object.hasOwn(errorCatalogue, read.data.code)) return undefined;
  return new CanbaoError(read.data.code as ErrorCode, read.data.facts);
}
