import { z } from 'zod';
import { formatMonth } from '../../../src/core/month.ts';
import { connect } from '../../../src/sdk/connection.ts';
import { decodeEpochs, type EpochListing } from '../../../src/verify/epochs-file.ts';
import { parseAnswer } from '../shared/kept-answers.ts';

const ledgerAnswer = z.object({
  epochs: z.array(
    z.object({
      ...{ month: z.string(), revision: z.int(), root: z.string(), accounts: z.int() },
      ...{ employers: z.int(), txHash: z.string().nullable(), signers: z.array(z.string()) },
    }),
  ),
});
type LedgerEntry = z.output<typeof ledgerAnswer>['epochs'][number];

const authoritiesAnswer = z.object({ authorities: z.array(z.string()), quorum: z.int() });

/** A published month as this site tells it. */
export interface ToldEpoch extends EpochListing {
  /** `2026-10/0`: month and revision. */
  readonly key: string;
  /** Of the bureau's own ledger, where it has the month. */
  readonly ledger: LedgerEntry | undefined;
}

/** All that this site says of the ledger. */
export interface ToldLedger {
  /** In the order of publication. */
  readonly epochs: readonly ToldEpoch[];
  readonly authorities: readonly string[];
  readonly quorum: number;
  /** The file of roots, as it came. */
  readonly file: unknown;
}

/** @throws sdk.unreachable, sdk.bad_answer, epochs.malformed, and what the service answers */
export async function toldLedger(signal: AbortSignal): Promise<ToldLedger> {
  const { call } = connect({ url: location.origin });
  const get = (path: string) => call({ method: 'GET', path, signal });
  const [file, own, who] = await Promise.all([
    get('/v1/epochs'),
    get('/v1/epochs/ledger'),
    get('/v1/authorities'),
  ]);
  const { epochs } = parseAnswer(ledgerAnswer, own);
  const ledger = new Map(epochs.map((one) => [keyOf(one.month, one.revision), one]));
  return {
    epochs: decodeEpochs(file).map((epoch) => {
      const key = keyOf(formatMonth(epoch.month), epoch.revision);
      return { ...epoch, key, ledger: ledger.get(key) };
    }),
    ...parseAnswer(authoritiesAnswer, who),
    file,
  };
}

export function keyOf(month: string, revision: number): string {
  return `${month}/${revision}`;
}
