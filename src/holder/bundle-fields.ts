import { z } from 'zod';
import { toEpochRoot } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Fr } from '../core/field.ts';
import { frSchema } from '../core/json.ts';
import { MONTH_BITS, type MonthIndex } from '../core/month.ts';
import { poseidon } from '../core/poseidon.ts';
import { type Epoch, epochRoot } from '../ledger/epoch.ts';
import { ARITY, type InclusionProof, rootOf, TREE_DEPTH } from '../ledger/tree.ts';

/** A number that `bits` bits hold. */
export function unsigned(bits: number) {
  return z
    .int()
    .min(0)
    .max(2 ** bits - 1);
}

export const month = unsigned(MONTH_BITS).transform((value) => value as MonthIndex);

/** `0x…`, one bit a month. */
export const monthSet = z
  .string()
  .regex(/^0x(0|[1-9a-f][0-9a-f]{0,191})$/, { error: 'not a canonical month set', abort: true })
  .transform((hex) => BigInt(hex));

/** What the record of a person and of an employer have around them. */
export const openingFields = {
  epoch: z.strictObject({
    month,
    accountsRoot: frSchema,
    employersRoot: frSchema,
    root: frSchema.transform((value) => toEpochRoot(value)),
  }),
  holderCommitment: frSchema,
  inclusion: z.strictObject({
    index: z
      .int()
      .min(0)
      .max(ARITY ** TREE_DEPTH - 1),
    siblings: z.array(z.tuple([frSchema, frSchema, frSchema])).length(TREE_DEPTH),
  }),
};

/** {@link openingFields} as JSON takes them. */
export function encodeOpeningFields(opening: {
  readonly epoch: Epoch;
  readonly holderCommitment: Fr;
  readonly inclusion: InclusionProof;
}) {
  const { epoch, holderCommitment, inclusion } = opening;
  return {
    epoch: {
      month: epoch.month,
      accountsRoot: String(epoch.accountsRoot),
      employersRoot: String(epoch.employersRoot),
      root: String(epoch.root),
    },
    holderCommitment: String(holderCommitment),
    inclusion: {
      index: inclusion.index,
      siblings: inclusion.siblings.map(([a, b, c]): [string, string, string] => [
        String(a),
        String(b),
        String(c),
      ]),
    },
  };
}

/** 10 → `0xa`. */
export const hex = (value: bigint) => `0x${value.toString(16)}`;

/**
 * Recomputes a leaf up to the epoch root.
 * @param treeRoot the root of the leaf's tree that the epoch names
 * @throws bundle.inconsistent
 */
export function assertUnderRoot(
  leaf: Fr,
  inclusion: InclusionProof,
  treeRoot: Fr,
  epoch: Epoch,
): void {
  if (rootOf(leaf, inclusion, poseidon) !== treeRoot) {
    throw new CanbaoError('bundle.inconsistent', { reason: 'the record is not under the root' });
  }
  if (epochRoot(epoch.accountsRoot, epoch.employersRoot, epoch.month, poseidon) !== epoch.root) {
    throw new CanbaoError('bundle.inconsistent', { reason: 'the epoch root is another' });
  }
}
