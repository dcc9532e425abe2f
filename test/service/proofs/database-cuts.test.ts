import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDelegation } from '../../../src/prove/delegation.ts';
import { orderProof } from '../../../src/service/proofs/order-proof.ts';
import { startProofWorker } from '../../../src/service/proofs/proof-worker.ts';
import { throughCuts } from '../../../src/service/proofs/through-cuts.ts';
import type { SampleHolder } from '../../../src/service/sample-ledger.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { openTestService, type TestService } from '../service.ts';
import { months } from './orders.ts';

const CUTS = 100;
const databaseUrl = process.env.DATABASE_URL;

describe.skipIf(!databaseUrl)('a database that is cut off in the middle of jobs', () => {
  /** A database of its own, so that nobody else's connections are cut. */
  const database = `canbao_cuts_${randomBytes(6).toString('hex')}`;
  const outside = new pg.Client({ connectionString: databaseUrl });
  let canbao: TestService;

  beforeAll(async () => {
    await outside.connect();
    await outside.query(`create database ${database}`);
    const url = new URL(databaseUrl ?? '');
    url.pathname = `/${database}`;
    process.env.DATABASE_URL = url.href;
    canbao = await openTestService();
    const { db } = canbao.service;
    await sql`create table job_end (id text not null, state text not null)`.execute(db);
    await sql`create function note_end() returns trigger language plpgsql as $$
      begin insert into job_end values (new.id, new.state); return new; end $$`.execute(db);
    await sql`create trigger note_end after update on proof_job for each row
      when (old.state <> new.state and new.ended_at is not null)
      execute function note_end()`.execute(db);
  });
  afterAll(async () => {
    process.env.DATABASE_URL = databaseUrl;
    await canbao[Symbol.asyncDispose]();
    await outside.query(`drop database ${database} with (force)`);
    await outside.end();
  });

  /** @returns how many connections ended */
  async function cut(): Promise<number> {
    const { rowCount } = await outside.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [database],
    );
    return rowCount ?? 0;
  }

  test(`${CUTS} times: every job ends once, with a proof that verifies`, async () => {
    const { service } = canbao;
    const { db } = service;
    await startProofWorker(service, { concurrency: 2, leaseSeconds: 6 });
    let isOver = false;
    const insured = canbao.holders.filter(({ paidMonths }) => paidMonths > 0);
    const ordering = insured.map((holder) => keepOrdering(holder, () => isOver));
    let atWork = 0;
    let connections = 0;
    for (let n = 0; n < CUTS; n++) {
      await pause(20 + 180 * Math.random());
      const { proving } = await throughCuts(() =>
        db
          .selectFrom('proof_job')
          .select(({ fn }) => fn.countAll<number>().as('proving'))
          .where('state', '=', 'proving')
          .executeTakeFirstOrThrow(),
      );
      if (Number(proving) > 0) atWork++;
      connections += await cut();
    }
    isOver = true;
    await Promise.all(ordering);
    const jobs = await allEnded();

    expect(connections).toBeGreaterThanOrEqual(CUTS);
    expect(atWork).toBeGreaterThan(CUTS / 2);
    expect(jobs.length).toBeGreaterThan(insured.length);
    expect(jobs.filter(({ state }) => state !== 'done')).toEqual([]);
    const { rows } = await sql<{ id: string; state: string }>`select * from job_end`.execute(db);
    const ends = rows.map(({ id }) => id).sort();
    expect(ends).toEqual(jobs.map(({ id }) => id).sort());
    const presentations = jobs.map(({ id, presentation }) => ({ name: id, presentation }));
    const answer = await canbao.app.inject({
      ...{ method: 'POST', url: '/v1/presentations/verify-batch' },
      payload: { presentations },
    });
    expect(answer.json()).toMatchObject({ verified: true, summary: { verified: jobs.length } });
  });

  /** An order that fails is made again, as a holder would. */
  async function keepOrdering({ keys }: SampleHolder, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const order = createDelegation(months(canbao, 1), keys, statementRegistry);
      await orderProof(canbao.service, keys, order).catch(() => {});
      await pause(500);
    }
  }

  async function allEnded() {
    const { db } = canbao.service;
    for (;;) {
      const jobs = await throughCuts(() => db.selectFrom('proof_job').selectAll().execute());
      if (jobs.every(({ ended_at }) => ended_at !== null)) return jobs;
      await pause(100);
    }
  }
});
