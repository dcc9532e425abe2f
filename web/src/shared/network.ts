import { z } from 'zod';
import { onceEach } from '../../../src/core/once-each.ts';
import { keptAnswer, parseAnswer } from './kept-answers.ts';

const address = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{40}$/)]);
const schema = z.object({
  chainId: z.int().positive(),
  registry: address,
  /** Once it is deployed. */
  statementVerifier: address.optional(),
  fromBlock: z.int().nonnegative(),
  confirmations: z.int().positive(),
  /** Absolute. */
  rpcUrls: z.array(z.string().transform((url) => new URL(url, location.origin).href)),
  origin: z.url(),
  production: z.boolean(),
});

/** `GET /v1/network`: the chain that holds the roots, and what this site is. */
export type Network = Readonly<z.output<typeof schema>>;

const networkAt = onceEach(
  async (path: string): Promise<Network> => parseAnswer(schema, await keptAnswer(path)),
);

/** Asked once a page; without a network, as it was last. @throws sdk.unreachable, sdk.bad_answer */
export function network(): Promise<Network> {
  return networkAt('/v1/network');
}
