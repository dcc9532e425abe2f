import { z } from 'zod';
import type { Opening } from '../../../../src/statements/define-statement.ts';
import { isAccountOpening } from '../../../../src/statements/judge.ts';
import { keptAnswer } from '../../shared/kept-answers.ts';

const schema = z.object({
  epochs: z.array(z.object({ root: z.string(), accounts: z.int() })),
});

/**
 * Among how many a person is not known who has a record under a root; undefined where nobody can be
 * asked, and for an employer, which hides among nobody.
 */
export async function accountsUnder(opening: Opening): Promise<number | undefined> {
  if (!isAccountOpening(opening)) return undefined;
  const { root } = opening.epoch;
  try {
    const { epochs } = schema.parse(await keptAnswer('/v1/epochs/ledger'));
    return epochs.find((epoch) => epoch.root === String(root))?.accounts;
  } catch {
    return undefined;
  }
}
