import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { builtEpochs, type StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Db } from '../../ledger/store/tables.ts';
import { type Finding, finding } from './finding.ts';

/** Every epoch that has a root, in the order they were built; one that cannot be read is a finding. */
export async function readEpochs(
  db: Db,
): Promise<{ readonly epochs: StoredEpoch[]; readonly findings: Finding[] }> {
  const rows = await db
    .selectFrom('epoch')
    .select('id')
    .where('state', '!=', 'building')
    .orderBy('id')
    .execute();
  const epochs: StoredEpoch[] = [];
  const findings: Finding[] = [];
  for (const { id } of rows) {
    try {
      epochs.push(...(await builtEpochs(db, { id })));
    } catch (error) {
      if (!(error instanceof CanbaoError)) throw error;
      findings.push(finding('audit.epoch_unreadable', { id, reason: error.message }));
    }
  }
  return { epochs, findings };
}
