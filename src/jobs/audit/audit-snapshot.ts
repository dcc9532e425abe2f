import { sql } from 'kysely';
import { allEpochs, type RegistryContract } from '../../chain/registry.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { type AuditOptions, type AuditReport, auditLedger } from './audit-ledger.ts';
import type { EpochSource } from './epoch-source.ts';
import { type AuditNotes, takeNotes } from './notes.ts';
import { readEpochs } from './read-epochs.ts';
import { readRegistry } from './registry-view.ts';

export interface SnapshotOptions
  extends Omit<AuditOptions, 'store' | 'published' | 'publishedBefore'> {
  readonly store: Store;
  /** What is published: a registry, or a list. */
  readonly published: RegistryContract | EpochSource;
  /** Take notes of what was audited, as of this time (Unix seconds). */
  readonly notesAt?: number;
}

/**
 * Audits a ledger as it is at one moment, while others go on working with it: nothing is locked, and
 * a month that is closed meanwhile is neither missed nor taken for an omission.
 * @throws chain.unreachable, chain.no_contract, ledger.unknown_epoch
 */
export async function auditSnapshot(
  options: SnapshotOptions,
): Promise<AuditReport & { readonly notes?: AuditNotes }> {
  const { store, published, notesAt, ...others } = options;
  const registry = 'address' in published ? published : undefined;
  const before = registry && (await allEpochs(registry)).length;
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      await sql`select 1 from epoch limit 1`.execute(db); // the snapshot is taken here
      const source = registry ? await readRegistry(registry) : (published as EpochSource);
      const report = await auditLedger({
        ...others,
        store: { ...store, db },
        published: source,
        ...(before !== undefined && { publishedBefore: before }),
      });
      if (notesAt === undefined) return report;
      const { epochs } = await readEpochs(db);
      return { ...report, notes: await takeNotes(db, epochs, notesAt) };
    });
}
