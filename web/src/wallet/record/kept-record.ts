import { z } from 'zod';
import { decodeAnyBundle } from '../../../../src/holder/any-bundle.ts';
import type { Opening } from '../../../../src/statements/define-statement.ts';
import type { WalletStore } from '../vault/wallet-store.ts';

/** The own record as it was fetched last. */
export interface StoredRecord {
  /** As the service gave it: `canbao/bundle@1`, or an employer's. */
  readonly bundle: unknown;
  /** Recomputed up to the epoch root. */
  readonly opening: Opening;
  /** Unix seconds. */
  readonly fetchedAt: number;
}

const NAME = 'record';
const schema = z.object({ bundle: z.unknown(), fetchedAt: z.int() });

/** @throws bundle.malformed, bundle.inconsistent */
export async function readKeptRecord(store: WalletStore): Promise<StoredRecord | undefined> {
  const kept = schema.safeParse(await store.get(NAME));
  if (!kept.success) return undefined;
  const { bundle, fetchedAt } = kept.data;
  return { bundle, opening: decodeAnyBundle(bundle), fetchedAt };
}

export function writeKeptRecord(
  store: WalletStore,
  { bundle, fetchedAt }: StoredRecord,
): Promise<void> {
  return store.set(NAME, { bundle, fetchedAt });
}
