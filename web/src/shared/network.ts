import { z } from 'zod';
import { firstIssue } from '../../../src/core/json.ts';
import { badAnswer, keptAnswer } from './kept-answers.ts';

const schema = z.object({
  chainId: z.int().positive(),
  registry: z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{40}$/)]),
  fromBlock: z.int().nonnegative(),
  confirmations: z.int().positive(),
  /** Absolute. */
  rpcUrls: z.array(z.string().transform((url) => new URL(url, location.origin).href)),
  origin: z.url(),
  production: z.boolean(),
});

/** `GET /v1/network`: the chain that holds the roots, and what this site is. */
export type Network = Readonly<z.output<typeof schema>>;

let known: Promise<Network> | undefined;

/** Asked once a page; without a network, as it was last. @throws sdk.unreachable, sdk.bad_answer */
export function network(): Promise<Network> {
  const asking = known ?? ask();
  known = asking;
  asking.catch(() => {
    known = undefined;
  });
  return asking;
}

async function ask(): Promise<Network> {
  const parsed = schema.safeParse(await keptAnswer('/v1/network'));
  if (!parsed.success) throw badAnswer(firstIssue(parsed.error));
  return parsed.data;
}
