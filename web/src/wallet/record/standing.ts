import { systemClock } from '../../../../src/core/clock.ts';
import { type BundleCheck, checkBundle } from '../../../../src/holder/check-bundle.ts';
import { epochsFromFile } from '../../../../src/verify/epochs-file.ts';
import type { EpochsPort } from '../../../../src/verify/ports.ts';
import { keptAnswer } from '../../shared/kept-answers.ts';

export interface RecordStanding {
  readonly check: BundleCheck;
  /** Who said which roots are published. */
  readonly by: 'chain' | 'service';
}

/**
 * Whether the authorities published the ledger that the record is under: the chain is asked, and
 * where it cannot be reached, the service.
 * @throws sdk.unreachable without a network
 */
export async function recordStanding(bundle: unknown): Promise<RecordStanding> {
  const check = (roots: EpochsPort) => checkBundle(bundle, { roots, clock: systemClock });
  try {
    const { pageEpochs } = await import('../../shared/chain/page-chain.ts');
    return { check: await check(await pageEpochs()), by: 'chain' };
  } catch {
    const roots = epochsFromFile(await keptAnswer('/v1/epochs'));
    return { check: await check(roots), by: 'service' };
  }
}
