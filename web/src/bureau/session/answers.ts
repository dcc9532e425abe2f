import { z } from 'zod';

export const signInAnswer = z.object({
  issuer: z.string().nullable(),
  clientId: z.string().nullable(),
  scope: z.string(),
  development: z.boolean(),
});
export type SignInAnswer = z.output<typeof signInAnswer>;
