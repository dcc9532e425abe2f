import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { parseMonth } from '../../src/core/month.ts';
import { type ImportReport, importFile } from '../../src/ledger/import/import-file.ts';
import { parseMapping, readMapping } from '../../src/ledger/import/mapping.ts';
import { toPepper } from '../../src/ledger/person-hash.ts';
import { openStore, type Store } from '../../src/ledger/store/open-store.ts';

const databaseUrl = process.env.DATABASE_URL;

export type Engine = Store['engine'];
/** The embedded one, or PostgreSQL where `DATABASE_URL` names one. */
export const engines: readonly Engine[] = [databaseUrl ? 'postgres' : 'pglite'];

/** An empty store; on PostgreSQL in a schema of its own. */
export function openTestStore(engine: Engine): Promise<Store> {
  if (engine === 'pglite') return openStore();
  return openStore({ databaseUrl, schema: `test_${randomBytes(6).toString('hex')}` });
}

export async function closeTestStore(store: Store): Promise<void> {
  if (store.engine === 'postgres') {
    await sql`drop schema ${sql.id(store.schema)} cascade`.execute(store.db);
  }
  await store.close();
}

/** Empties the ledger, so that one database serves a file of tests. */
export async function clearStore(store: Store): Promise<void> {
  await sql`truncate ledger_meta, source, import_batch, refused_row, import_seen_key, person,
    person_facts, record,
    enrolment, holder_key, employer, epoch, epoch_signature, tile restart identity`.execute(
    store.db,
  );
}

export const pepper = toPepper(new Uint8Array(32).fill(7));
export const present = parseMonth('2026-10');
export const demoFiles = [
  'xiamen/persons',
  'xiamen/contributions',
  'fuzhou/persons',
  'fuzhou/contributions',
] as const;

export const demoMapping = (name: (typeof demoFiles)[number]) =>
  readMapping(`demo/mappings/${name.replace('/', '-')}.json`);

export async function importDemo(store: Store): Promise<ImportReport[]> {
  const reports: ImportReport[] = [];
  for (const name of demoFiles) {
    const mapping = await demoMapping(name);
    reports.push(await importFile(store, { file: `demo/${name}.csv`, mapping, pepper, present }));
  }
  return reports;
}

/** Runs `body` with a folder of its own. */
export async function withFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'canbao-'));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A small mapping in the long form, for files written by a test. */
export const longMapping = (source = 'alpha') =>
  parseMapping({
    format: 'canbao/mapping/v1',
    source,
    kind: 'contributions',
    encoding: 'utf8',
    person: { column: 'id' },
    month: { column: 'owed', form: 'YYYY-MM' },
    settled: { column: 'settled', form: 'YYYY-MM' },
    base: { column: 'base' },
    region: { column: 'region' },
    employer: { column: 'employer' },
    category: { column: 'category', codes: { e: 'employee', f: 'flexible' } },
    insurance: {
      form: 'long',
      column: 'insurance',
      codes: { p: 'pension', m: 'medical', u: 'unemployment' },
      paid: { column: 'paid', codes: { y: 'paid', n: 'unpaid' } },
    },
  });

export const longHeader = 'id,owed,settled,base,region,employer,category,insurance,paid';
/** Check characters of GB 11643's own examples. */
export const ids = ['11010519491231002X', '440524188001010014'] as const;
/** Invented, with a right check character. */
export const employers = ['91350203MAPKWREB8M', '91350213MA2C4P5543'] as const;

/** One row of {@link longMapping}, good unless a change makes it bad. */
export function longRow(changes: Partial<Record<string, string>> = {}): string {
  const row: Record<string, string> = {
    id: ids[0],
    owed: '2026-01',
    settled: '2026-01',
    base: '5000',
    region: '350203',
    employer: employers[0],
    category: 'e',
    insurance: 'p',
    paid: 'y',
    ...changes,
  };
  return longHeader
    .split(',')
    .map((column) => row[column])
    .join(',');
}
