import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../../src/ledger/build/rebuild-epoch-root.ts';
import { listEpochs } from '../../../src/ledger/store/epochs.ts';
import { openStore, type StoreOptions } from '../../../src/ledger/store/open-store.ts';
import { createDelegation } from '../../../src/prove/delegation.ts';
import { parseRequest } from '../../../src/request/presentation-request.ts';
import { sampleHolders } from '../../../src/service/sample-ledger.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { canbao } from '../../cli/canbao.ts';
import { callingUrl, logIn } from '../../support/call-service.ts';
import { createDatabase, type OwnDatabase } from '../../support/own-database.ts';
import { startService } from '../../support/running-service.ts';

const ORIGIN = 'https://canbao.test';

describe.skipIf(!process.env.DATABASE_URL)('what began embedded, moved to PostgreSQL', () => {
  let database: OwnDatabase;
  let folder: string;
  let moved: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canbao-moved-'));
    database = await createDatabase();
    moved = database.url;
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await database[Symbol.asyncDispose]();
  });

  const start = (home: string, DATABASE_URL: string, ...args: string[]) =>
    startService({ home, args, environment: { DATABASE_URL, CANBAO_ORIGIN: ORIGIN } });

  /** Epochs as they are kept, each rebuilt from the records. */
  async function rebuilt(options: StoreOptions) {
    const store = await openStore(options);
    try {
      const hash = await wasmPoseidon();
      const epochs = await listEpochs(store);
      for (const { month, revision, root } of epochs) {
        expect(await rebuildEpochRoot(store, { month, revision, hash })).toBe(root);
      }
      return epochs;
    } finally {
      await store.close();
    }
  }

  test('it has the same roots, and the service goes on from it', async () => {
    const [from, to] = [join(folder, 'embedded'), join(folder, 'postgres')];
    const holder = (await sampleHolders()).find(({ role }) => role === 'steady-employee');
    if (!holder) throw new RangeError('the sample lacks a person');
    const before = await (async () => {
      await using service = await start(from, '', '--sample', '--role', 'api');
      const call = callingUrl(service.url);
      const body = { preset: 'rent-subsidy-6m', purpose: 'Subsidy 7' };
      const asked = (await call('POST', '/v1/requests', { body })).body;
      const token = await logIn(call, ORIGIN, holder.keys);
      const bundle = (await call('GET', '/v1/bundle', { token })).body;
      return { asked, bundle, published: (await call('GET', '/v1/epochs')).body };
    })();

    const file = join(folder, 'backup.gz');
    const backup = await canbao(['backup', '--home', from, '--with-secrets', '-o', file]);
    expect(backup.json).toMatchObject({ ok: true });
    const restore = await canbao(['restore', file, '--home', to], { env: { DATABASE_URL: moved } });
    expect(restore.json).toMatchObject({ ok: true, rows: backup.json.rows, hasSecrets: true });
    const epochs = await rebuilt({ databaseUrl: moved });
    expect(epochs).toHaveLength(1);
    expect(epochs).toEqual(await rebuilt({ folder: join(from, 'ledger') }));

    await using service = await start(to, moved);
    const call = callingUrl(service.url);
    expect((await call('GET', '/v1/epochs')).body).toEqual(before.published);
    const token = await logIn(call, ORIGIN, holder.keys);
    expect((await call('GET', '/v1/bundle', { token })).body).toEqual(before.bundle);
    // What was asked there is proven and answered here.
    const { asked } = before;
    const request = parseRequest(asked.request, statementRegistry);
    const order = createDelegation(request, holder.keys, statementRegistry);
    const { id } = (await call('POST', '/v1/proofs', { token, body: order })).body;
    let job = { state: 'queued', presentation: undefined };
    while (['queued', 'proving'].includes(job.state)) {
      await setTimeout(200);
      job = (await call('GET', `/v1/proofs/${id}`, { token })).body;
    }
    expect(job.state).toBe('done');
    const answer = await call('POST', `/v1/requests/${asked.id}/response`, {
      body: { vp_token: job.presentation, state: asked.id },
    });
    expect(answer.body).toMatchObject({ verified: true });
    const verdict = await call('GET', `/v1/requests/${asked.id}/verdict`, { token: asked.token });
    expect(verdict.body).toMatchObject({ state: 'answered', verdict: { verified: true } });
  }, 240_000);
});
