import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { parseMonth, toMonthIndex } from '../../src/core/month.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { readInclusionProof } from '../../src/ledger/build/inclusion-proof.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../src/ledger/build/rebuild-epoch-root.ts';
import { importFile } from '../../src/ledger/import/import-file.ts';
import type { Mapping } from '../../src/ledger/import/mapping.ts';
import { toPepper } from '../../src/ledger/person-hash.ts';
import { seededRandom } from '../../src/ledger/sample/random.ts';
import { openStore, type Store } from '../../src/ledger/store/open-store.ts';
import { contributionsMapping, generate, personsMapping, RECORDS_A_ROW } from './generate.ts';

/**
 * One size of `npm run bench -- epoch`, in a process of its own so that its memory is its own:
 * `measure-ledger <people> <months>`. Prints JSON.
 */
const [people = 10_000, months = 2] = process.argv.slice(2).map(Number);
const MONTH = parseMonth('2026-09');
const CHANGED_SHARE = 0.05;
const PROOFS = 200;

export interface ImportFigures {
  readonly rows: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
}

export interface CloseFigures {
  readonly accounts: number;
  readonly changedAccounts: number;
  readonly changedEmployers: number;
  readonly seconds: number;
  /** Leaves of both trees, hashed anew. */
  readonly leavesPerSecond: number;
  readonly newTiles: number;
  readonly newTileBytes: number;
}

export interface LedgerFigures {
  readonly people: number;
  readonly months: number;
  readonly engine: string;
  readonly imports: Readonly<Record<'persons' | 'contributions', ImportFigures>>;
  readonly recordsPerSecond: number;
  readonly first: CloseFigures;
  /** The root from the records alone, as each authority makes it. */
  readonly rebuildSeconds: number;
  /** A month later, 5 % of the people having a record of it. */
  readonly next: CloseFigures;
  readonly inclusionProofMs: { readonly median: number; readonly p99: number };
  /** Of all tiles of both epochs as the database stores them, indices included. */
  readonly tileTableBytes: number;
  readonly databaseBytes: number;
  readonly peakMb: number;
}

const seconds = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
};

const folder = await mkdtemp(join(tmpdir(), 'canbao-bench-'));
const databaseUrl = process.env.DATABASE_URL || undefined;
const schema = `bench_${people}`;
const store = await openStore(
  databaseUrl ? { databaseUrl, schema } : { folder: join(folder, 'ledger') },
);
try {
  console.log(JSON.stringify(await measureLedger(store)));
} finally {
  if (databaseUrl) await sql`drop schema ${sql.id(schema)} cascade`.execute(store.db);
  await store.close();
  await rm(folder, { recursive: true, force: true });
}

async function measureLedger(store: Store): Promise<LedgerFigures> {
  const files = await generate(folder, people, months, MONTH, CHANGED_SHARE);
  const hash = await wasmPoseidon();
  const importIt = async (file: string, mapping: Mapping): Promise<ImportFigures> => {
    const pepper = toPepper(new Uint8Array(32).fill(1));
    const present = toMonthIndex(MONTH + 2);
    const [{ batch }, took] = await seconds(() =>
      importFile(store, { file, mapping, pepper, present }),
    );
    if (batch.refused > 0) throw new Error(`${batch.refused} rows of ${file} were refused`);
    return { rows: batch.rows, seconds: took, rowsPerSecond: batch.rows / took };
  };
  const close = async (month: number): Promise<CloseFigures> => {
    const [epoch, took] = await seconds(() =>
      buildEpoch(store, { month: toMonthIndex(month), hash }),
    );
    const tiles = await tilesOf(store, epoch.id);
    const { accountCount: accounts, changedAccounts, changedEmployers } = epoch;
    return {
      ...{ accounts, changedAccounts, changedEmployers, seconds: took },
      leavesPerSecond: (changedAccounts + changedEmployers) / took,
      ...{ newTiles: tiles.count, newTileBytes: tiles.bytes },
    };
  };
  const imports = {
    persons: await importIt(files.persons, personsMapping),
    contributions: await importIt(files.history, contributionsMapping),
  };
  // As autovacuum does after a while.
  await sql`analyze`.execute(store.db);
  const first = await close(MONTH);
  const [rebuilt, rebuildSeconds] = await seconds(() =>
    rebuildEpochRoot(store, { month: MONTH, hash }),
  );
  const { root } = await buildEpoch(store, { month: MONTH, hash });
  if (rebuilt !== root) throw new Error('the rebuilt root differs');
  await importIt(files.next, contributionsMapping);
  const next = await close(MONTH + 1);
  return {
    ...{ people, months, engine: store.engine, imports },
    recordsPerSecond: imports.contributions.rowsPerSecond * RECORDS_A_ROW,
    ...{ first, rebuildSeconds, next },
    inclusionProofMs: await proofLatency(store),
    ...(await sizes(store)),
    peakMb: await peakMb(),
  };
}

async function tilesOf({ db }: Store, epochId: number) {
  const { rows } = await sql<{ count: number; bytes: number }>`select count(*) as count,
    coalesce(sum(length(nodes)), 0)::bigint as bytes from tile where epoch_id = ${epochId}`.execute(
    db,
  );
  return rows[0] ?? { count: 0, bytes: 0 };
}

async function proofLatency(store: Store) {
  const random = seededRandom(1);
  const hash = await wasmPoseidon();
  const { rows } = await sql<{ id: number }>`select id from epoch order by id`.execute(store.db);
  const times: number[] = [];
  for (let i = 0; i < PROOFS; i++) {
    const address = { tree: 'accounts', index: random.int(0, people - 1) } as const;
    const start = performance.now();
    await readInclusionProof(store.db, address, rows[i % rows.length]?.id ?? 0, hash);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[PROOFS / 2] ?? 0, p99: times[Math.floor(PROOFS * 0.99)] ?? 0 };
}

async function sizes({ db, schema }: Store) {
  const { rows } = await sql<{ tile: number; all: number }>`
    select sum(pg_total_relation_size(c.oid)) filter (where relname = 'tile')::bigint as tile,
      sum(pg_total_relation_size(c.oid))::bigint as all
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where nspname = ${schema} and relkind = 'r'`.execute(db);
  return { tileTableBytes: rows[0]?.tile ?? 0, databaseBytes: rows[0]?.all ?? 0 };
}

/** Of this process with its threads; the database's own memory apart. */
async function peakMb(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
