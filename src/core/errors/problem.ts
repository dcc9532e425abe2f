import { z } from 'zod';
import { CanbaoError } from './canbao-error.ts';
import { type ErrorCode, errorCatalogue } from './catalogue.ts';

/** An error over HTTP: RFC 9457, with the error's code and facts beside it. */
export const problemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().exactOptional(),
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/** The error another server tells of; undefined for a body that is none of ours. */
export function errorOfProblem(body: unknown): CanbaoError | undefined {
  const read = problemBody.safeParse(body);
  if (!read.success || !Object.hasOwn(errorCatalogue, read.data.code)) return undefined;
  return new CanbaoError(read.data.code as ErrorCode, read.data.facts);
}
