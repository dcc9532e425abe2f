/**
 * Imports that commit step by step. A batch is `importing` until all of its file is in, and names
 * what the ledger held when it began: an epoch closed meanwhile sees that and nothing later, and
 * giving the import up leads back to it.
 */
export const importTables: readonly string[] = [
  `alter table import_batch add column state text not null default 'done'
    check (state in ('importing', 'done'))`,
  'alter table import_batch alter column state drop default',
  'alter table import_batch add column present smallint',
  'alter table import_batch add column account_count bigint',
  'alter table import_batch add column employer_count bigint',
  'alter table import_batch add column record_cutoff bigint',
  'alter table import_batch add column facts_cutoff bigint',
  `alter table import_batch add check (state = 'done' or num_nulls(present, account_count,
    employer_count, record_cutoff, facts_cutoff) = 0)`,
  "create unique index import_batch_one_unfinished on import_batch (state) where state = 'importing'",
  // Empty but while a file is being imported.
  'create table import_seen_key (key bigint primary key)',
  // Given by the writer from now on, as the ids of records are: a step that is undone leaves no gap.
  'alter table refused_row alter column id drop identity',
];
