import { z } from 'zod';
import { keptAnswer } from '../../shared/kept-answers.ts';

const schema = z.object({
  epochs: z.array(z.object({ root: z.string(), accounts: z.int() })),
});

/** How many have an account under a root; undefined where nobody can be asked. */
export async function accountsUnder(root: bigint): Promise<number | undefined> {
  try {
    const { epochs } = schema.parse(await keptAnswer('/v1/epochs/ledger'));
    return epochs.find((epoch) => epoch.root === String(root))?.accounts;
  } catch {
    return undefined;
  }
}
