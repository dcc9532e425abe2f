import { z } from 'zod';
import type { EpochCommitment } from '../../chain/types.ts';
import { toEpochRoot } from '../../core/brands.ts';
import { frSchema } from '../../core/json.ts';
import { type MonthIndex, toMonthIndex } from '../../core/month.ts';
import { feedTableNames } from '../feed/feed-table.ts';
import type { CoSignRequest } from '../replica/co-sign.ts';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const count = z.int().nonnegative();
const epochId = z.coerce.number().pipe(
  z
    .int()
    .positive()
    .max(2 ** 31 - 1),
);

/** GET /v1/authority: whose server this is. */
export const authorityAnswer = z.object({
  address,
  chainId: z.int().positive(),
  registry: address,
});

/** POST /v1/authority/co-signatures. Numbers of the field as decimal text. */
export const coSignBody = z.strictObject({
  commitment: z.strictObject({
    month: z.int().min(0).max(4095),
    revision: z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
    epochRoot: frSchema,
    previousRoot: frSchema,
    accounts: count,
  }),
  epochId: z
    .int()
    .positive()
    .max(2 ** 31 - 1),
  inputs: z.strictObject({
    accountCount: count.max(2 ** 32),
    employerCount: count.max(2 ** 32),
    recordCutoff: count,
    factsCutoff: count,
    enrolmentCutoff: count,
  }),
});

/** The signature, or how far it has come: then the same is asked again. */
export const coSignAnswer = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('signed'),
    signer: address,
    signature: z.string().regex(/^0x[0-9a-f]{130}$/),
  }),
  z.object({ state: z.enum(['fetch', 'build']), done: count }),
]);

/** GET /v1/authority/feed/:table. */
export const feedParams = z.object({ table: z.enum(feedTableNames) });
export const feedQuery = z.object({
  epoch: epochId,
  /** The last key held; −1 before account 0. */
  after: z.coerce.number().pipe(z.int().min(-1)),
});

/** GET /v1/authority/tiles/:epoch/:tree/:level/:index. */
export const tileParams = z.object({
  epoch: epochId,
  tree: z.enum(['accounts', 'employers']),
  level: z.coerce.number().pipe(z.int().min(0).max(3)),
  index: z.coerce.number().pipe(
    z
      .int()
      .min(0)
      .max(2 ** 24 - 1),
  ),
});

/** What is sent for a request: the body of {@link coSignBody}. */
export function encodeCoSign({ commitment, epochId: id, inputs }: CoSignRequest): unknown {
  const { month, revision, epochRoot, previousRoot, accounts } = commitment;
  const { accountCount, employerCount, recordCutoff, factsCutoff, enrolmentCutoff } = inputs;
  return {
    commitment: {
      ...{ month, revision, accounts },
      ...{ epochRoot: `${epochRoot}`, previousRoot: `${previousRoot}` },
    },
    epochId: id,
    inputs: { accountCount, employerCount, recordCutoff, factsCutoff, enrolmentCutoff },
  };
}

export function decodeCoSign({ commitment, ...rest }: z.output<typeof coSignBody>): CoSignRequest {
  const decoded: EpochCommitment = {
    ...commitment,
    month: toMonthIndex(commitment.month) as MonthIndex,
    epochRoot: toEpochRoot(commitment.epochRoot),
  };
  return { ...rest, commitment: decoded };
}
