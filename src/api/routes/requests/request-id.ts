import { z } from 'zod';

/** `{id}` of a request, in paths. */
export const requestId = z.object({ id: z.string().regex(/^[\w-]{22}$/) });
