import { type Kysely, sql } from 'kysely';

/**
 * Not kept: what is over within minutes, holds sealed private inputs, or is made by opening the
 * database.
 */
const leftOut = [
  'holder_challenge',
  'holder_session',
  'proof_job',
  'authority_nonce',
  'kysely_migration',
  'kysely_migration_lock',
  'service_migration',
  'service_migration_lock',
];

export interface BackupTable {
  readonly name: string;
  readonly columns: readonly BackupColumn[];
  /** Whose rows its own name. */
  readonly needs: readonly string[];
}

export interface BackupColumn {
  readonly name: string;
  /** `bytea`, `timestamp with time zone`, … */
  readonly type: string;
  /** Numbered by the database. */
  readonly isIdentity: boolean;
}

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly identity: string;
}

/** Every table of ledger and service that a backup keeps, each behind those it needs. */
export async function backupTables(db: Kysely<never>): Promise<BackupTable[]> {
  const columns = await sql<ColumnRow>`
    select c.relname as table, a.attname as name, a.attidentity as identity,
      format_type(a.atttypid, a.atttypmod) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = current_schema()::text::regnamespace and c.relkind = 'r'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    order by c.relname, a.attnum`.execute(db);
  const needs = await sql<{ table: string; needed: string }>`
    select c.relname as table, n.relname as needed
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class n on n.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = current_schema()::text::regnamespace
      and c.oid <> n.oid`.execute(db);
  const names = new Set(columns.rows.map(({ table }) => table));
  const kept = [...names].filter((name) => !leftOut.includes(name));
  return inOrder(
    kept.map((name) => ({
      name,
      columns: columns.rows
        .filter(({ table }) => table === name)
        .map((row) => ({ name: row.name, type: row.type, isIdentity: row.identity !== '' })),
      needs: needs.rows.filter(({ table }) => table === name).map(({ needed }) => needed),
    })),
  );
}

function inOrder(tables: readonly BackupTable[]): BackupTable[] {
  const placed: BackupTable[] = [];
  const place = (table: BackupTable): void => {
    if (placed.includes(table)) return;
    for (const one of tables) if (table.needs.includes(one.name)) place(one);
    placed.push(table);
  };
  for (const table of tables) place(table);
  return placed;
}
