import { sql } from 'kysely';
import { toMonthIndex } from '../../../src/core/month.ts';
import type { EpochSource } from '../../../src/jobs/audit/epoch-source.ts';
import { epochLabel } from '../../../src/jobs/audit/finding.ts';
import type { FindingCode } from '../../../src/jobs/audit/finding-texts.ts';
import type { RegistryView } from '../../../src/jobs/audit/registry-view.ts';
import type { Db } from '../../../src/ledger/store/tables.ts';
import type { Random } from '../../../test/support/random.ts';
import type { PlantedWorld } from './planted-world.ts';

/** A finding that names what was planted: the code, and the facts that must be among its own. */
export interface Expected {
  readonly code: FindingCode;
  readonly facts?: Readonly<Record<string, string | number>>;
  /** For a finding that names a range. */
  readonly contains?: number;
}

/** What was done, and the findings of which one must be there. */
export interface Planted {
  readonly what: string;
  readonly expected: readonly Expected[];
  /** What the auditor is shown as published instead of the registry. */
  readonly published?: RegistryView;
  /** What the auditor compares with. */
  readonly others?: readonly (RegistryView | EpochSource)[];
}

/** One way to falsify a ledger or what is shown of it. */
export interface Plant {
  readonly kind: string;
  readonly group: 'change' | 'omission' | 'split';
  /** Falsifies within a transaction that is rolled back. */
  plant(world: PlantedWorld, db: Db, random: Random): Promise<Planted>;
}

/** A row out of a query, drawn. @throws RangeError where there is none: the ledger is too small for the plant */
export function pickRow<T>(rows: readonly T[], random: Random): T {
  if (rows.length === 0) throw new RangeError('no row to plant a fault in');
  return random.pick(rows);
}

export interface SeenRecord {
  readonly id: number;
  readonly account_index: number;
  readonly month: number;
  readonly insurance: number;
  readonly base_fen: number;
  readonly region: number;
  readonly employer: string | null;
  readonly category: number;
  readonly settled: number | null;
  readonly batch_id: number;
}

/** Pension records an epoch counts, paid: all of such a record is in its account's leaf. */
export async function seenRecord(db: Db, random: Random): Promise<SeenRecord> {
  const { rows } = await sql<SeenRecord>`
    select distinct record.* from record join epoch
      on record.id <= record_cutoff and record.month <= epoch.month
      and (superseded_by is null or superseded_by > record_cutoff)
    where insurance = 0 and paid order by record.id`.execute(db);
  return pickRow(rows, random);
}

/** Takes the database's own guards away, as its administrator can. */
export async function dropGuards(db: Db): Promise<void> {
  await sql`set local session_replication_role = replica`.execute(db);
  await sql`drop index record_effective`.execute(db);
  await sql`drop index person_facts_effective`.execute(db);
}

/** An epoch's name from its row. */
export function labelOf({ month, revision }: { month: number; revision: number }): string {
  return epochLabel({ month: toMonthIndex(month), revision });
}

export const leafOf = (account: number): Expected => ({
  code: 'audit.leaf_changed',
  facts: { tree: 'accounts', index: account },
});
export const employerLeafOf = (index: number): Expected => ({
  code: 'audit.leaf_changed',
  facts: { tree: 'employers', index },
});
