import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import type { Home } from '../../runtime/home.ts';
import { BACKUP_FORMAT, type BackupFile, type BackupHeader, seal } from './format.ts';
import { type BackupTable, backupTables } from './tables.ts';

/** Rows read at a time: a tile has 16 kB as text. */
const STEP_ROWS = 500;

export interface BackupOptions {
  readonly store: Store;
  readonly home: Home;
  readonly clock: Clock;
  /** With them the file alone opens every record: it must be kept like them. */
  readonly withSecrets: boolean;
}

export interface BackupReport {
  readonly tables: Readonly<Record<string, number>>;
  readonly rows: number;
}

/** What a running installation keeps in its home beside the database, and where. */
const SOURCES: Record<BackupFile, readonly string[]> = {
  'deployment.json': ['deployment.json'],
  // The copy that is replaced as a whole: the other may be half written.
  'chain/state.json': ['chain', 'state.json.saved'],
};

/**
 * Writes all that ledger and service keep to one file, as it was at one moment, and readable by its
 * owner alone; see `format.ts`. What was there under the name is replaced once the file is whole.
 */
export async function writeBackup(path: string, options: BackupOptions): Promise<BackupReport> {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  const header = await readHeader(options);
  const counts: Record<string, number> = {};
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await options.store.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        const lines = backupLines(trx as unknown as Kysely<never>, header, counts);
        const file = createWriteStream(partial, { mode: 0o600 });
        await pipeline(Readable.from(lines), createGzip(), hashing, file);
      });
    await appendFile(partial, seal(hash.digest()));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return { tables: counts, rows: sum(counts) };
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
const line = (value: unknown) => `${JSON.stringify(value)}\n`;

async function* backupLines(
  trx: Kysely<never>,
  header: Omit<BackupHeader, 'migrations'>,
  counts: Record<string, number>,
): AsyncGenerator<string> {
  await sql`set local timezone to 'UTC'`.execute(trx);
  const migrations = {
    ledger: await migrationNames(trx, 'kysely_migration'),
    service: await migrationNames(trx, 'service_migration'),
  };
  yield line({ ...header, migrations });
  for (const table of await backupTables(trx)) {
    yield line({ table: table.name, columns: table.columns.map(({ name }) => name) });
    let rows = 0;
    for await (const step of tableSteps(trx, table)) {
      rows += step.length;
      yield step.join('');
    }
    counts[table.name] = rows;
    yield line({ end: table.name, rows });
  }
  yield line({ end: 'backup', rows: sum(counts) });
}

async function migrationNames(trx: Kysely<never>, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(table)} order by name`.execute(trx);
  return rows.map(({ name }) => name);
}

/** Rows of a table as lines, some at a time. */
async function* tableSteps(
  trx: Kysely<never>,
  { name, columns }: BackupTable,
): AsyncGenerator<string[]> {
  const texts = columns.map((column) => sql`${sql.ref(column.name)}::text`);
  await sql`declare backup_rows no scroll cursor for
    select json_build_array(${sql.join(texts)})::text as line from ${sql.table(name)}`.execute(trx);
  for (;;) {
    const { rows } = await sql<{ line: string }>`
      fetch ${sql.raw(String(STEP_ROWS))} from backup_rows`.execute(trx);
    if (rows.length === 0) break;
    yield rows.map((row) => `${row.line}\n`);
  }
  await sql`close backup_rows`.execute(trx);
}

async function readHeader({
  home,
  clock,
  withSecrets,
}: BackupOptions): Promise<Omit<BackupHeader, 'migrations'>> {
  const files: Partial<Record<BackupFile, string>> = {};
  for (const [name, source] of Object.entries(SOURCES)) {
    const bytes = await readFile(home.path(...source)).catch(() => undefined);
    if (bytes) files[name as BackupFile] = bytes.toString('base64');
  }
  return {
    ...{ format: BACKUP_FORMAT, createdAt: clock(), files: files as BackupHeader['files'] },
    ...(withSecrets && { secrets: await readSecrets(home) }),
  };
}

async function readSecrets(home: Home): Promise<Record<string, string>> {
  const names = await readdir(home.path('secrets'));
  const read = names.map(async (name) => {
    const text = await readFile(home.path('secrets', name), 'utf8');
    return [name, text.trim()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
