import { sql } from 'kysely';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Db } from '../../ledger/store/tables.ts';
import { type Batches, personsAfter } from './check-batches.ts';
import { epochLabel, type Finding, finding } from './finding.ts';

/** How many rows there are of what an epoch counts. */
export interface LedgerSizes {
  readonly persons: number;
  readonly employers: number;
  readonly enrolments: number;
}

export async function ledgerSizes(db: Db): Promise<LedgerSizes> {
  const { rows } = await sql<LedgerSizes>`select
    (select coalesce(max(account_index) + 1, 0) from person) as persons,
    (select coalesce(max(employer_index) + 1, 0) from employer) as employers,
    (select coalesce(max(id), 0) from enrolment) as enrolments`.execute(db);
  return rows[0] ?? { persons: 0, employers: 0, enrolments: 0 };
}

/**
 * What the epochs say they saw: each up to where an import ended, never less than the epoch before,
 * and as many accounts as those imports had made.
 */
export async function checkInputs(
  db: Db,
  epochs: readonly StoredEpoch[],
  batches: Batches,
  sizes: LedgerSizes,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { persons } = sizes;
  const made = personsAfter(batches, Number.POSITIVE_INFINITY);
  if (made !== persons) {
    findings.push(finding('audit.person_count', { expected: made, actual: persons }));
  }
  let before: StoredEpoch | undefined;
  for (const epoch of epochs) {
    const label = epochLabel(epoch);
    const wrongCutoff = (what: string, cutoff: number) =>
      findings.push(finding('audit.cutoff_wrong', { epoch: label, what, cutoff }));
    const record = batchEndingAt(batches.record, epoch.recordCutoff);
    const facts = batchEndingAt(batches.person_facts, epoch.factsCutoff);
    if (record === undefined || epoch.recordCutoff < (before?.recordCutoff ?? 0)) {
      wrongCutoff('record', epoch.recordCutoff);
    }
    if (facts === undefined || epoch.factsCutoff < (before?.factsCutoff ?? 0)) {
      wrongCutoff('person_facts', epoch.factsCutoff);
    }
    const enrolled = epoch.enrolmentCutoff;
    if (enrolled > sizes.enrolments || enrolled < (before?.enrolmentCutoff ?? 0)) {
      wrongCutoff('enrolment', enrolled);
    }
    const count = (what: string, actual: number, expected: number) => {
      if (actual === expected) return;
      findings.push(finding('audit.count_wrong', { epoch: label, what, actual, expected }));
    };
    if (record !== undefined && facts !== undefined) {
      count('accounts', epoch.accountCount, personsAfter(batches, Math.max(record, facts)));
    }
    // Epochs from before employers had places committed to no employer at all.
    if (epoch.employerCount > 0) {
      count('employers', epoch.employerCount, await employersSeen(db, epoch, sizes));
    }
    before = epoch;
  }
  return findings;
}

/** The import that wrote up to this id; 0 for none at all; undefined where none ended there. */
function batchEndingAt(batches: Batches['record'], cutoff: number): number | undefined {
  if (cutoff === 0) return 0;
  return batches.find(({ actual, to }) => actual > 0 && to === cutoff)?.batch;
}

/** Places are given by first sight: of those an epoch saw, the last was in its records, the next was not. */
async function employersSeen(
  db: Db,
  { recordCutoff, employerCount }: StoredEpoch,
  { employers }: LedgerSizes,
): Promise<number> {
  const isSeen = async (index: number) => {
    const { rows } = await sql`select from record join employer on credit_code = employer
      where employer_index = ${sql.lit(index)} and id <= ${sql.lit(recordCutoff)} limit 1`.execute(
      db,
    );
    return rows.length > 0;
  };
  // Nearly always the epoch is right: two looks tell.
  const claimed = Math.min(employerCount, employers);
  const isRight =
    (claimed === 0 || (await isSeen(claimed - 1))) &&
    (claimed === employers || !(await isSeen(claimed)));
  if (isRight) return claimed;
  let [seen, unseen] = [0, employers];
  while (seen < unseen) {
    const middle = Math.floor((seen + unseen) / 2);
    if (await isSeen(middle)) seen = middle + 1;
    else unseen = middle;
  }
  return seen;
}
