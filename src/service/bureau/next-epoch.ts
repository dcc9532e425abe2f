import { sql } from 'kysely';
import { addMonths, type MonthIndex } from '../../core/month.ts';
import { latestEpoch } from '../../ledger/store/epochs.ts';
import type { Service } from '../service.ts';
import { cutShortImport } from './cut-short.ts';
import { openUploads } from './uploads.ts';

/** The month that would be closed next, and what would come into it. */
export interface NextEpoch {
  readonly month: MonthIndex;
  /** Accounts and employers in the ledger now. */
  readonly accounts: number;
  readonly employers: number;
  /** Since the last closing. */
  readonly added: {
    readonly imports: number;
    readonly accounts: number;
    readonly records: number;
    readonly facts: number;
    readonly enrolments: number;
  };
  /** Of the records that came since, those of months that are closed: a correction would take them in. */
  readonly earlierRecords: number;
  /** Files that wait or are being imported. */
  readonly openImports: number;
  /** Whether an import was cut short: the ledger has part of its file. */
  readonly isUnfinished: boolean;
}

interface Counts {
  readonly imports: number;
  readonly accounts: number;
  readonly employers: number;
  readonly records: number;
  readonly facts: number;
  readonly enrolments: number;
  readonly earlier: number;
}

/** What a closer should know before closing a month. */
export async function nextEpoch(service: Service): Promise<NextEpoch> {
  const { store, present } = service.bureau;
  const latest = await latestEpoch(store);
  const [records, facts] = [latest?.recordCutoff ?? 0, latest?.factsCutoff ?? 0];
  const { rows } = await sql<Counts>`select
    (select count(*)::int from person) as accounts,
    (select count(*)::int from employer) as employers,
    (select count(*)::int from record where id > ${records}::bigint) as records,
    (select count(*)::int from record where id > ${records}::bigint
      and month <= ${latest?.month ?? -1}::int) as earlier,
    (select count(distinct batch_id)::int from record where id > ${records}::bigint) as imports,
    (select count(*)::int from person_facts where id > ${facts}::bigint) as facts,
    (select count(*)::int from enrolment where id > ${latest?.enrolmentCutoff ?? 0}::bigint)
      as enrolments`.execute(service.db);
  const counts = rows[0] ?? {
    ...{ accounts: 0, employers: 0, records: 0, earlier: 0, imports: 0, facts: 0, enrolments: 0 },
  };
  const open = await openUploads(service);
  return {
    month: latest ? addMonths(latest.month, 1) : addMonths(present, -1),
    ...{ accounts: counts.accounts, employers: counts.employers },
    added: {
      ...{ imports: counts.imports, records: counts.records, facts: counts.facts },
      accounts: counts.accounts - (latest?.accountCount ?? 0),
      enrolments: counts.enrolments,
    },
    earlierRecords: counts.earlier,
    openImports: open.filter(({ dryRun }) => !dryRun).length,
    isUnfinished: (await cutShortImport(service)) !== undefined,
  };
}
