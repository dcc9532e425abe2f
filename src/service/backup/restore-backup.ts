import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { migrations as ledgerMigrations } from '../../ledger/store/migrations.ts';
import { openStore, type StoreOptions } from '../../ledger/store/open-store.ts';
import type { Home } from '../../runtime/home.ts';
import { openServiceTables, serviceMigrations } from '../store/migrations.ts';
import { type BackupHeader, checkSeal } from './format.ts';
import { type BackedUpTable, openBackup } from './read-backup.ts';
import { type BackupTable, backupTables } from './tables.ts';
import type { BackupReport } from './write-backup.ts';

const STEP_ROWS = 500;

export interface RestoreOptions {
  /** Where to: an empty database, of whichever engine. */
  readonly store: StoreOptions;
  readonly home: Home;
}

export interface RestoreReport extends BackupReport {
  /** Whether the backup brought the secrets. Without them they must be put into the home. */
  readonly hasSecrets: boolean;
}

/**
 * Brings a backup into an empty installation, whole or not at all: first the file is read through
 * and checked, then its rows go in within one transaction.
 * @throws backup.not_backup, backup.altered, backup.newer, backup.older, backup.not_empty,
 * cli.no_file, ledger.store_busy, ledger.store_unavailable
 */
export async function restoreBackup(path: string, options: RestoreOptions): Promise<RestoreReport> {
  const backup = await openBackup(path, await checkSeal(path));
  try {
    const { header } = backup;
    checkMigrations(header);
    await checkHome(options.home, header);
    const tables = await restoreRows(options.store, backup.tables, () =>
      writeHome(options.home, header),
    );
    const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
    return { tables, rows, hasSecrets: header.secrets !== undefined };
  } finally {
    backup.close();
  }
}

function checkMigrations({ migrations }: BackupHeader): void {
  const known = { ledger: ledgerMigrations, service: serviceMigrations };
  for (const part of ['ledger', 'service'] as const) {
    const here = Object.keys(known[part]);
    const unknown = migrations[part].find((name) => !here.includes(name));
    if (unknown !== undefined) throw new CanbaoError('backup.newer', { what: unknown });
    const missing = here.find((name) => !migrations[part].includes(name));
    if (missing !== undefined) throw new CanbaoError('backup.older', { what: missing });
  }
}

/** What is there already must be what the backup would put there. */
async function checkHome(home: Home, header: BackupHeader): Promise<void> {
  for (const { name, path, bytes } of homeFiles(home, header)) {
    if (!existsSync(path)) continue;
    if (!(await readFile(path)).equals(bytes)) {
      throw new CanbaoError('backup.not_empty', { what: name });
    }
  }
}

async function writeHome(home: Home, header: BackupHeader): Promise<void> {
  for (const { path, bytes } of homeFiles(home, header)) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, bytes, { mode: 0o600 });
  }
}

function homeFiles(home: Home, { files, secrets = {} }: BackupHeader) {
  const kept = Object.entries(files).map(([name, text]) => ({
    ...{ name, path: home.path(...name.split('/')) },
    bytes: Buffer.from(text, 'base64'),
  }));
  const secret = Object.entries(secrets).map(([name, hex]) => ({
    ...{ name: `secrets/${name}`, path: home.path('secrets', name) },
    bytes: Buffer.from(`${hex}\n`),
  }));
  return [...kept, ...secret];
}

async function restoreRows(
  options: StoreOptions,
  tables: AsyncIterable<BackedUpTable>,
  beforeCommit: () => Promise<void>,
): Promise<Record<string, number>> {
  const store = await openStore(options);
  try {
    await openServiceTables(store);
    return await store.db.transaction().execute(async (plain) => {
      const trx = plain as unknown as Kysely<never>;
      const here = await backupTables(trx);
      await checkEmpty(trx, here);
      const counts: Record<string, number> = {};
      for await (const table of tables) {
        counts[table.name] = await fillTable(trx, here, table);
      }
      // Killed behind it, the same restore may be run again: what is there is what it would write.
      await beforeCommit();
      return counts;
    });
  } finally {
    await store.close();
  }
}

async function checkEmpty(trx: Kysely<never>, tables: readonly BackupTable[]): Promise<void> {
  for (const { name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(trx);
    if (rows.length > 0) throw new CanbaoError('backup.not_empty', { what: name });
  }
}

async function fillTable(
  trx: Kysely<never>,
  here: readonly BackupTable[],
  { name, columns, rows }: BackedUpTable,
): Promise<number> {
  const table = here.find((one) => one.name === name);
  const types = columns.map((column) => table?.columns.find((one) => one.name === column)?.type);
  if (!table || types.includes(undefined)) {
    throw new CanbaoError('backup.not_backup', { reason: 'a table of another form' });
  }
  const into = sql.join(columns.map((column) => sql.ref(column)));
  const values = sql.join(
    types.map((type, i) => sql`(row ->> ${sql.raw(String(i))})::${sql.raw(type ?? '')}`),
  );
  let count = 0;
  const insert = async (step: readonly (readonly (string | null)[])[]) => {
    if (step.length === 0) return;
    await sql`insert into ${sql.table(name)} (${into}) overriding system value
      select ${values} from json_array_elements(${JSON.stringify(step)}::json) as row`.execute(trx);
    count += step.length;
  };
  let step: (readonly (string | null)[])[] = [];
  for await (const row of rows) {
    step.push(row);
    if (step.length < STEP_ROWS) continue;
    await insert(step);
    step = [];
  }
  await insert(step);
  await countOn(trx, table);
  return count;
}

/** Numbers the database gives go on behind those that are there. */
async function countOn(trx: Kysely<never>, { name, columns }: BackupTable): Promise<void> {
  for (const column of columns.filter(({ isIdentity }) => isIdentity)) {
    const last = sql`(select max(${sql.ref(column.name)}) from ${sql.table(name)})`;
    await sql`select setval(pg_get_serial_sequence(${name}, ${column.name}),
      coalesce(${last}, 1), ${last} is not null)`.execute(trx);
  }
}
