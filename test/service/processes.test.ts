import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedNode, startEmbeddedNode } from '../../src/chain/embedded-node.ts';
import { createDelegation } from '../../src/prove/delegation.ts';
import { parseRequest } from '../../src/request/presentation-request.ts';
import { type SampleHolder, sampleHolders } from '../../src/service/sample-ledger.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { type Call, callingUrl, logIn } from '../support/call-service.ts';
import { type RunningService, startService } from '../support/running-service.ts';

const databaseUrl = process.env.DATABASE_URL;
/** Of the development chain's first account, which everybody knows. */
const ANVIL_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const ORIGIN = 'https://canbao.test';

/** The program of `npm start`, as an installation of several processes on one PostgreSQL. */
describe.skipIf(!databaseUrl)('two API processes and two workers on one PostgreSQL', () => {
  const database = `canbao_${randomBytes(6).toString('hex')}`;
  let home: string;
  let node: EmbeddedNode;
  let api: RunningService[];
  let workers: RunningService[];
  let calls: [Call, Call];
  let holder: SampleHolder;
  let token: string;

  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };

  beforeAll(async () => {
    await onServer(`create database ${database}`);
    home = await mkdtemp(join(tmpdir(), 'canbao-processes-'));
    node = await startEmbeddedNode();
    const url = new URL(databaseUrl ?? '');
    url.pathname = `/${database}`;
    const environment = {
      DATABASE_URL: `${url}`,
      CANBAO_RPC_URL: node.url,
      CANBAO_SUBMITTER_KEY: ANVIL_KEY,
      CANBAO_ORIGIN: ORIGIN,
    };
    const start = (...args: string[]) => startService({ home, environment, args });
    // The first fills the ledger with the sample; the others find it there.
    const first = await start('--sample', '--role', 'api');
    api = [first, await start('--role', 'api')];
    workers = await Promise.all([start('--role', 'workers'), start('--role', 'workers')]);
    calls = api.map((one) => callingUrl(one.url)) as [Call, Call];
    const found = (await sampleHolders()).find(({ role }) => role === 'steady-employee');
    if (!found) throw new RangeError('the sample lacks a person');
    holder = found;
    token = await logIn(calls[0], ORIGIN, holder.keys);
  });
  afterAll(async () => {
    for (const one of [...api, ...workers]) await one[Symbol.asyncDispose]();
    await node.close();
    await rm(home, { recursive: true, force: true });
    await onServer(`drop database ${database} with (force)`);
  });

  const ask = async (call: Call) => {
    const body = {
      preset: 'rent-subsidy-6m',
      purpose: `Subsidy ${randomBytes(4).toString('hex')}`,
    };
    const answer = await call('POST', '/v1/requests', { body });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const order = async (call: Call, request: unknown) => {
    const parsed = parseRequest(request, statementRegistry);
    const body = createDelegation(parsed, holder.keys, statementRegistry);
    const answer = await call('POST', '/v1/proofs', { token, body });
    expect(answer.status).toBe(202);
    return answer.body.id as string;
  };
  const finished = async (call: Call, id: string) => {
    for (;;) {
      const { body } = await call('GET', `/v1/proofs/${id}`, { token });
      if (!['queued', 'proving'].includes(body.state)) return body;
      await setTimeout(100);
    }
  };

  test('a session begun at one is good at the other, and so is a request', async () => {
    const { status, body } = await calls[1]('GET', '/v1/bundle', { token });
    expect([status, body.format]).toEqual([200, 'canbao/bundle@1']);
    const asked = await ask(calls[0]);
    const there = await calls[1]('GET', `/v1/requests/${asked.id}`);
    expect(there.body.canbao_request).toEqual(asked.request);
  });

  test('asked at one, proven by a worker, answered at the other, read at the first', async () => {
    const asked = await ask(calls[0]);
    const job = await finished(calls[1], await order(calls[0], asked.request));
    expect(job.state).toBe('done');
    const answer = await calls[1]('POST', `/v1/requests/${asked.id}/response`, {
      body: { vp_token: job.presentation, state: asked.id },
    });
    expect(answer.body).toMatchObject({ verified: true });
    const { body } = await calls[0]('GET', `/v1/requests/${asked.id}/verdict`, {
      token: asked.token,
    });
    expect(body).toMatchObject({ state: 'answered', verdict: { verified: true } });
  });

  test('a worker that is killed at work loses nothing: the other ends what it had in hand', async () => {
    const requests = await Promise.all([1, 2, 3].map(() => ask(calls[0])));
    const ids: string[] = [];
    for (const { request } of requests) ids.push(await order(calls[0], request));
    const [first] = workers;
    first?.child.kill('SIGKILL');
    const jobs = await Promise.all(ids.map((id) => finished(calls[1], id)));
    expect(jobs.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(new Set(jobs.map(({ presentation }) => presentation.nullifier)).size).toBe(3);
  });

  test('told to end, each ends in order', async () => {
    const last = api[1];
    if (!last) throw new RangeError('no second process');
    const exit = once(last.child, 'exit');
    last.child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect((await calls[0]('GET', '/readyz')).status).toBe(200);
  });
});
