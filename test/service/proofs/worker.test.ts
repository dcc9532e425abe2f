import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
import type { Prover } from '../../../src/groth16/prover.ts';
import { claimJob, endJob } from '../../../src/service/proofs/job-states.ts';
import { startProofWorker } from '../../../src/service/proofs/proof-worker.ts';
import { type JobQueue, openQueue } from '../../../src/service/queue.ts';
import { logIn } from '../holders/holder-client.ts';
import { openTestService, type TestService } from '../service.ts';
import { ended, months, monthsSet, order } from './orders.ts';

let canbao: TestService;
let headers: { authorization: string };
let skew = 0;
const queues: JobQueue[] = [];
/** What became of the proofs that were begun. */
const made: string[] = [];
const real = wasmProver();
const prover: Prover = {
  ...real,
  async prove(input) {
    try {
      const proof = await real.prove(input);
      made.push('proof');
      return proof;
    } catch (error) {
      made.push((error as { code: string }).code);
      throw error;
    }
  },
};

beforeAll(async () => {
  canbao = await openTestService({ clock: () => systemClock() + skew });
  headers = await logIn(canbao.app, me().keys);
});
afterAll(async () => {
  await real.close();
  await canbao[Symbol.asyncDispose]();
});
afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.close();
  await canbao.service.db.deleteFrom('proof_job').execute();
  made.length = 0;
  skew = 0;
});

const me = () => canbao.holder('pension-ready');
const row = async () =>
  canbao.service.db.selectFrom('proof_job').selectAll().executeTakeFirstOrThrow();

/** A worker with a queue of its own, as in another process. */
async function startWorker(leaseSeconds = 3): Promise<JobQueue> {
  const queue = await openQueue(canbao.service.bureau.store);
  queues.push(queue);
  const service = { ...canbao.service, queue };
  await startProofWorker(service, { concurrency: 1, prover, leaseSeconds });
  return queue;
}

/** Orders a set of eight proofs and waits until the first are made. */
async function begun(): Promise<string> {
  const request = monthsSet(canbao, 'all', 1, 2, 3, 4, 5, 6, 7, 8);
  const { id } = (await order(canbao, headers, me(), request)).json();
  while ((await row()).progress === 0) await pause(20);
  return id;
}

test('what a worker died over is taken again, and the dead one changes nothing any more', async () => {
  const { db, queue } = canbao.service;
  const { id } = (await order(canbao, headers, me(), months(canbao, 1))).json();
  const dead = await claimJob(db, id, 'dead', -1);
  if (!dead) throw new Error('not claimed');
  expect(await claimJob(db, id, 'another', 1)).toBeUndefined();
  expect(await queue.size('proofs')).toBeDefined();
  await startWorker();
  expect(await ended(canbao, headers, id)).toMatchObject({ state: 'done' });
  const before = await row();
  expect(before.attempts).toBe(2);
  await endJob(db, dead, { state: 'done', presentation: 'late' }, new Date());
  expect(await row()).toEqual(before);
});

test('a claim that is made twice, its answer lost, is one attempt', async () => {
  const { db } = canbao.service;
  const { id } = (await order(canbao, headers, me(), months(canbao, 1))).json();
  await claimJob(db, id, 'mine', 60);
  expect(await claimJob(db, id, 'mine', 60)).toMatchObject({ id, attempts: 1 });
});

test('what the queue lost is found', async () => {
  const { db, bureau } = canbao.service;
  const { id } = (await order(canbao, headers, me(), months(canbao, 1))).json();
  await bureau.store.execute(`delete from ${bureau.store.schema}_jobs.job`);
  await db
    .updateTable('proof_job')
    .set({ leased_until: new Date(0) })
    .execute();
  await startWorker();
  expect(await ended(canbao, headers, id)).toMatchObject({ state: 'done' });
});

test('what workers die over again and again is given up', async () => {
  const { db } = canbao.service;
  const { id } = (await order(canbao, headers, me(), months(canbao, 1))).json();
  await db
    .updateTable('proof_job')
    .set({ attempts: 5, leased_until: new Date(0) })
    .execute();
  await startWorker();
  expect((await ended(canbao, headers, id)).error.code).toBe('proof.gave_up');
  expect(made).toEqual([]);
});

test('cancelling stops the work, in whichever process it is', async () => {
  await startWorker();
  const id = await begun();
  const url = `/v1/proofs/${id}`;
  expect((await canbao.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204);
  expect(await row()).toMatchObject({ state: 'cancelled', inputs: null, presentation: null });
  while (made.at(-1) !== 'prove.aborted') await pause(20);
  expect(made.length).toBeLessThan(8);
  const next = (await order(canbao, headers, me(), months(canbao, 1))).json();
  expect(await ended(canbao, headers, next.id)).toMatchObject({ state: 'done' });
  expect(await canbao.service.db.selectFrom('proof_job').select('state').execute()).toContainEqual({
    state: 'cancelled',
  });
});

test('a worker that is told to end lets go of its job, and another finishes it', async () => {
  const first = await startWorker();
  const id = await begun();
  await first.close();
  expect(await row()).toMatchObject({ state: 'queued', attempts: 0, claim: null });
  await startWorker();
  expect(await ended(canbao, headers, id)).toMatchObject({ state: 'done' });
});

test('several workers share the jobs, each made once', async () => {
  const people = canbao.holders.slice(0, 3);
  const sessions = await Promise.all(people.map(({ keys }) => logIn(canbao.app, keys)));
  const orders = [];
  for (const [i, person] of people.entries()) {
    const session = sessions[i] ?? {};
    for (let n = 1; n <= 3; n++) {
      const { id } = (await order(canbao, session, person, months(canbao, n))).json();
      orders.push({ id, session });
    }
  }
  await Promise.all([startWorker(), startWorker(), startWorker()]);
  for (const { id, session } of orders) {
    expect(await ended(canbao, session, id)).toMatchObject({ state: 'done' });
  }
  expect(made).toEqual(Array(9).fill('proof'));
});

test('a request that expires while its proof waits is not proven', async () => {
  const request = months(canbao, 1, systemClock() + 60);
  const { id } = (await order(canbao, headers, me(), request)).json();
  skew = 61;
  await startWorker();
  expect((await ended(canbao, headers, id)).error.code).toBe('request.expired');
  expect(made).toEqual([]);
});

test('inputs that were put into the row of another holder are not proven for them', async () => {
  const { db } = canbao.service;
  const other = canbao.holder('pension-short');
  const session = await logIn(canbao.app, other.keys);
  const mine = (await order(canbao, headers, me(), months(canbao, 1))).json().id;
  const theirs = (await order(canbao, session, other, months(canbao, 1))).json().id;
  const { inputs } = await db
    .selectFrom('proof_job')
    .select('inputs')
    .where('id', '=', mine)
    .executeTakeFirstOrThrow();
  await db.updateTable('proof_job').set({ inputs }).where('id', '=', theirs).execute();
  await startWorker();
  expect((await ended(canbao, session, theirs)).error.code).toBe('holder.wrong_key');
});
