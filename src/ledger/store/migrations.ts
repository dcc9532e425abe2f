import { type Kysely, type Migration, sql } from 'kysely';
import { employerTables } from './employers-migration.ts';
import { importTables } from './imports-migration.ts';

/** In order of their names. A released one is never edited. */
export const migrations: Record<string, Migration> = {
  '0001_ledger': { up: (db) => runAll(db, initialTables) },
  '0002_employers': { up: (db) => runAll(db, employerTables) },
  '0003_imports': { up: (db) => runAll(db, importTables) },
  '0004_authority_nonces': { up: (db) => runAll(db, [nonceTable]) },
  '0005_holder_keys': { up: (db) => runAll(db, [holderKeyTable]) },
};

async function runAll(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

// Months and codes are smallint, amounts bigint in fen, hashes and field elements bytea. The ids of
// record, person_facts and enrolment are given by the writer, under a lock: gapless and in commit
// order, so that one number cuts off what an epoch has seen.
const initialTables = [
  `create table ledger_meta (
    name text primary key,
    value bytea not null
  )`,
  `create table source (
    id integer generated always as identity primary key,
    name text not null unique
  )`,
  `create table import_batch (
    id integer generated always as identity primary key,
    source_id integer not null references source,
    kind text not null check (kind in ('contributions', 'persons')),
    file_name text not null,
    digest bytea not null unique check (length(digest) = 32),
    counts jsonb not null,
    imported_at timestamptz not null default now()
  )`,
  `create table refused_row (
    id bigint generated always as identity primary key,
    batch_id integer not null references import_batch,
    line integer not null,
    field text not null,
    code text not null,
    facts jsonb not null,
    row_hash bytea not null,
    cells jsonb not null
  )`,
  'create index refused_row_batch on refused_row (batch_id, line)',
  `create table person (
    account_index bigint primary key check (account_index between 0 and 4294967295),
    person_hash bytea not null unique check (length(person_hash) = 32),
    placeholder bytea not null check (length(placeholder) = 32)
  )`,
  `create table person_facts (
    id bigint primary key,
    account_index bigint not null references person,
    source_id integer not null references source,
    batch_id integer not null references import_batch,
    line integer not null,
    birth_month smallint not null,
    sex smallint not null,
    retirement_category smallint not null,
    scheme smallint not null,
    deemed_months smallint not null,
    status smallint not null,
    special_trade_months smallint not null,
    pension_since smallint not null,
    unemployment_claimed_months smallint not null,
    last_unemployment_claim_end smallint not null,
    last_termination smallint not null,
    last_termination_reason smallint not null,
    superseded_by bigint
  )`,
  'create unique index person_facts_effective on person_facts (account_index) where superseded_by is null',
  'create index person_facts_account on person_facts (account_index)',
  `create table record (
    id bigint primary key,
    account_index bigint not null,
    insurance smallint not null check (insurance between 0 and 4),
    month smallint not null,
    settled smallint,
    base_fen bigint not null,
    region integer not null,
    employer text,
    category smallint not null,
    paid boolean not null,
    source_id integer not null,
    batch_id integer not null,
    line integer not null,
    superseded_by bigint,
    check (settled is not null or not paid)
  )`,
  'create unique index record_effective on record (account_index, month, insurance) where superseded_by is null',
  'create index record_account on record (account_index)',
  'create index record_month on record using brin (month)',
  `create table enrolment (
    id bigint primary key,
    account_index bigint not null references person,
    commitment bytea not null check (length(commitment) = 32),
    identity_month smallint not null,
    enrolled_at timestamptz not null default now()
  )`,
  'create index enrolment_account on enrolment (account_index)',
  'create index enrolment_commitment on enrolment (commitment)',
  `create table epoch (
    id integer generated always as identity primary key,
    month smallint not null,
    revision integer not null,
    state text not null check (state in ('building', 'built', 'signed', 'submitted', 'final')),
    account_count bigint not null,
    record_cutoff bigint not null,
    facts_cutoff bigint not null,
    enrolment_cutoff bigint not null,
    changed_accounts bigint,
    accounts_root bytea,
    employers_root bytea,
    root bytea,
    tx_hash text,
    started_at timestamptz not null default now(),
    built_at timestamptz,
    signed_at timestamptz,
    submitted_at timestamptz,
    final_at timestamptz,
    unique (month, revision),
    check (state = 'building' or root is not null)
  )`,
  "create unique index epoch_one_building on epoch (state) where state = 'building'",
  `create table epoch_signature (
    epoch_id integer not null references epoch,
    authority text not null,
    signature text not null,
    signed_at timestamptz not null default now(),
    primary key (epoch_id, authority)
  )`,
  `create table tile (
    tree text not null,
    level smallint not null,
    tile_index bigint not null,
    epoch_id integer not null references epoch,
    nodes bytea not null,
    primary key (tree, level, tile_index, epoch_id)
  )`,
];

// Requests of other authorities, each good once.
const nonceTable = `create table authority_nonce (
  nonce bytea primary key check (length(nonce) = 32),
  expires_at timestamptz not null
)`;

// Public keys by the commitment they were enrolled with: no part of any leaf.
const holderKeyTable = `create table holder_key (
  commitment bytea primary key check (length(commitment) = 32),
  ax bytea not null check (length(ax) = 32),
  ay bytea not null check (length(ay) = 32)
)`;
