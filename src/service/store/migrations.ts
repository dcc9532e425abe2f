import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { asUnavailable } from '../../ledger/store/connect-store.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import type { ServiceDb } from './tables.ts';

/** In order of their names. A released one is never edited. */
export const serviceMigrations: Record<string, Migration> = {
  service_0001: { up: (db) => runAll(db, initialTables) },
  service_0002: { up: (db) => runAll(db, auditTable) },
  service_0003: { up: (db) => runAll(db, certificateTable) },
  service_0004: { up: (db) => runAll(db, declinedColumn) },
  service_0005: { up: (db) => runAll(db, claimTable) },
};

const serviceMigrationTables = {
  migrationTableName: 'service_migration',
  migrationLockTableName: 'service_migration_lock',
};

/**
 * Brings the service's tables, beside the ledger's, up to date.
 * @throws ledger.store_unavailable
 */
export async function openServiceTables({ db, schema }: Store): Promise<ServiceDb> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => serviceMigrations },
    migrationTableSchema: schema,
    ...serviceMigrationTables,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw asUnavailable(error);
  return db as unknown as ServiceDb;
}

async function runAll(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const hash = (name: string) => `${name} bytea check (length(${name}) = 32)`;

const initialTables = [
  `create table verifier (
    id integer generated always as identity primary key,
    audience text not null,
    name text not null,
    ${hash('key_hash')} not null unique,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
  )`,
  `create table presentation_request (
    id text primary key,
    verifier_id integer references verifier,
    request jsonb not null,
    policy jsonb not null,
    state text not null check (state in ('open', 'answered', 'cancelled')),
    ${hash('token_hash')} not null,
    redirect_uri text,
    ${hash('response_code_hash')},
    webhook_url text,
    webhook_secret bytea,
    verdict jsonb,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    answered_at timestamptz,
    check ((state = 'answered') = (verdict is not null))
  )`,
  'create index presentation_request_expiry on presentation_request (expires_at)',
  `create table spent_nullifier (
    ${hash('scope')} not null,
    ${hash('nullifier')} not null,
    request_id text,
    spent_at timestamptz not null default now(),
    primary key (scope, nullifier)
  )`,
  `create table holder_challenge (
    ${hash('nonce')} primary key,
    expires_at timestamptz not null
  )`,
  `create table holder_session (
    ${hash('token_hash')} primary key,
    ${hash('commitment')} not null,
    expires_at timestamptz not null
  )`,
  `create table proof_job (
    id text primary key,
    ${hash('commitment')} not null,
    state text not null check (state in ('queued', 'proving', 'done', 'failed', 'cancelled')),
    inputs bytea,
    progress real not null,
    presentation jsonb,
    error jsonb,
    attempts integer not null default 0,
    claim text,
    leased_until timestamptz not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    check ((state = 'proving') = (claim is not null)),
    check ((state in ('queued', 'proving')) = (ended_at is null)),
    check ((ended_at is null) = (inputs is not null)),
    check ((state = 'done') = (presentation is not null)),
    check ((state = 'failed') = (error is not null))
  )`,
  "create index proof_job_open on proof_job (leased_until) where state in ('queued', 'proving')",
  'create index proof_job_owner on proof_job (commitment)',
  `create table upload (
    id text primary key,
    file_name text not null,
    mapping jsonb not null,
    state text not null check (state in ('queued', 'importing', 'done', 'failed')),
    progress jsonb,
    report jsonb,
    error jsonb,
    operator text not null,
    dry_run boolean not null,
    batch_id integer,
    refusals jsonb,
    created_at timestamptz not null,
    ended_at timestamptz,
    check ((state in ('queued', 'importing')) = (ended_at is null))
  )`,
  `create table closing (
    id text primary key,
    kind text not null check (kind in ('close', 'check')),
    month smallint,
    revise boolean not null,
    state text not null check (state in ('queued', 'closing', 'done', 'failed')),
    progress jsonb,
    result jsonb,
    error jsonb,
    attempts integer not null default 0,
    operator text not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    check ((kind = 'close') = (month is not null)),
    check ((state in ('queued', 'closing')) = (ended_at is null))
  )`,
  `create table operator_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    operator text not null,
    role text not null,
    action text not null,
    facts jsonb not null,
    outcome text not null
  )`,
  'create index operator_log_at on operator_log (at)',
  // Whoever can drop a trigger can do anything; a slip, or a program that was broken into, cannot.
  `create function operator_log_kept() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and old.at < now() - interval '3 years' then return old; end if;
      raise exception 'the operator log is only added to';
    end $$`,
  `create trigger operator_log_kept before update or delete on operator_log
    for each row execute function operator_log_kept()`,
  `create trigger operator_log_whole before truncate on operator_log
    for each statement execute function operator_log_kept()`,
  `create table webhook_delivery (
    id text primary key,
    request_id text not null,
    url text not null,
    secret bytea not null,
    body text not null,
    state text not null check (state in ('queued', 'delivered', 'failed')),
    attempts integer not null default 0,
    last_status text,
    claimed_until timestamptz,
    created_at timestamptz not null,
    ended_at timestamptz
  )`,
];

const auditTable = [
  `create table audit (
    id text primary key,
    month smallint,
    state text not null check (state in ('queued', 'auditing', 'done', 'failed')),
    progress jsonb,
    result jsonb,
    error jsonb,
    attempts integer not null default 0,
    operator text not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    check ((state in ('queued', 'auditing')) = (ended_at is null))
  )`,
];

const certificateTable = [
  `create table certificate (
    ${hash('code_hash')} primary key,
    presentation bytea not null,
    expires_at timestamptz not null
  )`,
  'create index certificate_expiry on certificate (expires_at)',
];

const declinedColumn = ['alter table presentation_request add column declined_at timestamptz'];

const claimTable = [
  `create table benefit_claim (
    contract text not null,
    number integer not null,
    rule integer not null,
    benefit text not null,
    ${hash('deliver_to')} not null,
    ${hash('nullifier')} not null,
    ${hash('params')} not null,
    ${hash('epoch_root')} not null,
    block bigint not null,
    ${hash('transaction')} not null,
    kept_at timestamptz not null default now(),
    primary key (contract, number)
  )`,
];
