import type { ColumnType, GeneratedAlways, Kysely } from 'kysely';

/** Where a record came from: one mapping's `source`. */
interface SourceTable {
  id: GeneratedAlways<number>;
  name: string;
}

/** One file, imported or being imported. */
interface ImportBatchTable {
  id: GeneratedAlways<number>;
  /** `importing` until all of the file is in; at most one is. */
  state: string;
  source_id: number;
  kind: string;
  file_name: string;
  /** SHA-256 of file and mapping. */
  digest: Uint8Array;
  /** `ImportCounts` as JSON. */
  counts: string;
  imported_at: ColumnType<Date, never, Date>;
  /** The present month when the import began; with the rest null in files of earlier releases. */
  present: number | null;
  /** What the ledger held when the import began, as an epoch names it. */
  account_count: number | null;
  employer_count: number | null;
  record_cutoff: number | null;
  facts_cutoff: number | null;
}

interface RefusedRowTable {
  id: number;
  batch_id: number;
  line: number;
  field: string;
  code: string;
  facts: string;
  /** Keyed hash of the whole row. */
  row_hash: Uint8Array;
  /** Mapped cells, the person column left out and anything like an ID number masked. */
  cells: string;
}

interface PersonTable {
  /** Position of the leaf. Given in order of arrival, never reused. */
  account_index: number;
  person_hash: Uint8Array;
  /** Random 253 bits: the holder commitment until someone enrols. */
  placeholder: Uint8Array;
}

/** Every credit code a record has named. */
interface EmployerTable {
  /** Position of the leaf in the employers' tree. Given at first sight, never reused. */
  employer_index: number;
  credit_code: string;
  /** Random 253 bits: the holder commitment until someone enrols. */
  placeholder: Uint8Array;
}

/** Versions of a person's facts; the effective one has `superseded_by` null. */
interface PersonFactsTable {
  id: number;
  account_index: number;
  source_id: number;
  batch_id: number;
  line: number;
  birth_month: number;
  sex: number;
  retirement_category: number;
  scheme: number;
  deemed_months: number;
  status: number;
  special_trade_months: number;
  pension_since: number;
  unemployment_claimed_months: number;
  last_unemployment_claim_end: number;
  last_termination: number;
  last_termination_reason: number;
  superseded_by: number | null;
}

/** Versions of contribution records; the effective one of a key has `superseded_by` null. */
interface RecordTable {
  id: number;
  account_index: number;
  insurance: number;
  month: number;
  settled: number | null;
  base_fen: number;
  region: number;
  employer: string | null;
  category: number;
  paid: boolean;
  source_id: number;
  batch_id: number;
  line: number;
  superseded_by: number | null;
}

/** Holder keys enrolled for a person or an employer, in order; the last one of each counts. */
interface EnrolmentTable {
  id: number;
  /** Of the two the one that the key is for. */
  account_index: number | null;
  employer_index: number | null;
  commitment: Uint8Array;
  identity_month: number;
  enrolled_at: GeneratedAlways<Date>;
}

/** One revision of a closed month. The cutoffs name the inputs, so that anyone can rebuild it. */
interface EpochTable {
  id: GeneratedAlways<number>;
  month: number;
  revision: number;
  state: string;
  /** Accounts and employers with an index below these take part. */
  account_count: number;
  employer_count: number;
  /** Highest ids that take part. */
  record_cutoff: number;
  facts_cutoff: number;
  enrolment_cutoff: number;
  changed_accounts: number | null;
  changed_employers: number | null;
  accounts_root: Uint8Array | null;
  employers_root: Uint8Array | null;
  root: Uint8Array | null;
  tx_hash: string | null;
  started_at: GeneratedAlways<Date>;
  built_at: Date | null;
  signed_at: Date | null;
  submitted_at: Date | null;
  final_at: Date | null;
}

interface EpochSignatureTable {
  epoch_id: number;
  authority: string;
  signature: string;
  signed_at: GeneratedAlways<Date>;
}

/** Four levels of a tree, as of the epoch in which they last changed. Never updated. */
interface TileTable {
  tree: string;
  level: number;
  tile_index: number;
  epoch_id: number;
  /** Up to 256 nodes of 32 bytes; missing ones on the right are empty subtrees. */
  nodes: Uint8Array;
}

/** Requests of other authorities, kept until they are stale by themselves. */
interface AuthorityNonceTable {
  nonce: Uint8Array;
  expires_at: Date;
}

/** Which public key was enrolled with a commitment; the bureau's own, not part of the feed. */
interface HolderKeyTable {
  commitment: Uint8Array;
  ax: Uint8Array;
  ay: Uint8Array;
}

interface LedgerMetaTable {
  name: string;
  value: Uint8Array;
}

export interface Tables {
  source: SourceTable;
  import_batch: ImportBatchTable;
  refused_row: RefusedRowTable;
  person: PersonTable;
  employer: EmployerTable;
  person_facts: PersonFactsTable;
  record: RecordTable;
  enrolment: EnrolmentTable;
  epoch: EpochTable;
  epoch_signature: EpochSignatureTable;
  tile: TileTable;
  ledger_meta: LedgerMetaTable;
  authority_nonce: AuthorityNonceTable;
  holder_key: HolderKeyTable;
}

/** A database or a transaction on it. */
export type Db = Kysely<Tables>;
