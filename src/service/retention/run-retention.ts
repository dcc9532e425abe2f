import { stat } from 'node:fs/promises';
import { sql } from 'kysely';
import { tryAlone } from '../alone.ts';
import { dropUpload, keptUploads } from '../bureau/upload-files.ts';
import { openUploads } from '../bureau/uploads.ts';
import type { Service } from '../service.ts';
import { type RetentionRule, retentionRules } from './rules.ts';

const STEP_ROWS = 1000;
const HOUR_MS = 3_600_000;
/** A file that is still being received has no row yet. */
const UPLOAD_MS = 24 * HOUR_MS;

/** Rows deleted, by table, where there were any. */
export type RetentionReport = Readonly<Record<string, number>>;

/** Deletes what is kept no longer; undefined where another process is at it. */
export async function runRetention(service: Service): Promise<RetentionReport | undefined> {
  const done = await tryAlone(service.bureau.store, 'retention', async () => {
    const deleted: Record<string, number> = {};
    for (const rule of retentionRules) {
      const rows = await applyRule(service, rule);
      if (rows > 0) deleted[rule.table] = rows;
    }
    await sweepUploads(service);
    return deleted;
  });
  return done?.value;
}

/** Step by step: nobody waits long for a row. */
async function applyRule(service: Service, rule: RetentionRule): Promise<number> {
  const { db, clock } = service;
  const over = new Date((clock() - rule.seconds) * 1000);
  const table = sql.table(rule.table);
  // By the database's own clock too, which is the one it guards the log by.
  const when = sql`least(${over}::timestamptz, now() - make_interval(secs => ${rule.seconds}::float8))`;
  const end = rule.table === 'operator_log' ? when : sql`${over}::timestamptz`;
  for (let total = 0; ; ) {
    const { rows } = await sql`delete from ${table} where ctid = any(array(
      select ctid from ${table} where ${sql.ref(rule.column)} <= ${end} limit ${sql.lit(STEP_ROWS)}
    )) returning 1`.execute(db);
    total += rows.length;
    if (rows.length < STEP_ROWS) return total;
  }
}

/** Files whose upload is at its end, or never came to be. */
async function sweepUploads(service: Service): Promise<void> {
  const { home, clock } = service;
  const open = new Set((await openUploads(service)).map(({ id }) => id));
  for (const id of await keptUploads(home)) {
    if (open.has(id)) continue;
    const since = await stat(home.path('uploads', id)).catch(() => undefined);
    if (since && clock() * 1000 - since.mtimeMs > UPLOAD_MS) await dropUpload(home, id);
  }
}

/**
 * Deletes now and every hour what is kept no longer, in one process of however many.
 * @param onError is told what went wrong; the next hour is another try
 * @returns stops it, and waits for what is under way
 */
export function startRetention(
  service: Service,
  onError: (error: unknown) => void = () => {},
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = running.then(() => runRetention(service)).catch(onError);
  };
  run();
  const timer = setInterval(run, HOUR_MS).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
