import { z } from 'zod';
import { type EpochRoot, toEpochRoot } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue, frSchema } from '../core/json.ts';
import { MONTH_BITS, toMonthIndex } from '../core/month.ts';
import type { EpochsPort } from './ports.ts';
import type { EpochStatus } from './verdict.ts';

const FORMAT = 'canbao/epochs@1';
const seconds = z.int().min(1);

const schema = z.strictObject({
  format: z.literal(FORMAT),
  epochs: z.array(
    z.strictObject({
      root: frSchema.refine((root) => root !== 0n, 'a root is never zero'),
      month: z
        .int()
        .min(0)
        .max(2 ** MONTH_BITS - 1)
        .transform((value) => toMonthIndex(value)),
      revision: z.int().min(0),
      publishedAt: seconds,
      supersededAt: seconds.exactOptional(),
      correctedAt: seconds.exactOptional(),
    }),
  ),
});

/** Published roots as a file, for verifying without a chain: as good as where the file comes from. */
export type EpochsFile = z.input<typeof schema>;

/** One published root. */
export interface EpochListing extends EpochStatus {
  readonly root: EpochRoot;
}

export function encodeEpochs(epochs: readonly EpochListing[]): EpochsFile {
  return {
    format: FORMAT,
    epochs: epochs.map(({ root, month, revision, publishedAt, supersededAt, correctedAt }) => ({
      root: String(root),
      month,
      revision,
      publishedAt,
      ...(supersededAt !== undefined && { supersededAt }),
      ...(correctedAt !== undefined && { correctedAt }),
    })),
  };
}

/** The epochs of a file, in the file's order. @throws epochs.malformed */
export function decodeEpochs(json: unknown): EpochListing[] {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('epochs.malformed', { reason: firstIssue(parsed.error) });
  }
  const epochs = parsed.data.epochs.map((epoch) => ({ ...epoch, root: toEpochRoot(epoch.root) }));
  if (new Set(epochs.map(({ root }) => root)).size < epochs.length) {
    throw new CanbaoError('epochs.malformed', { reason: 'a root twice' });
  }
  return epochs;
}

/** Looks roots up in a file. @throws epochs.malformed */
export function epochsFromFile(json: unknown): EpochsPort {
  const byRoot = new Map<EpochRoot, EpochStatus>(
    decodeEpochs(json).map(({ root, ...status }) => [root, status]),
  );
  return { lookup: async (root) => byRoot.get(root) };
}
