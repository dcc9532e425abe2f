import { utf8ToBytes } from '@noble/hashes/utils.js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyWebhook } from '../../../src/sdk/webhook.ts';
import type { Service } from '../../../src/service/service.ts';
import type { VerdictJson } from '../../../src/service/verdicts/verdict-json.ts';
import {
  keepDelivery,
  sendDelivery,
  type VerdictToDeliver,
} from '../../../src/service/webhooks/queue-verdict.ts';
import { newWebhookSecret } from '../../../src/service/webhooks/sign.ts';
import { startWebhookWorker } from '../../../src/service/webhooks/worker.ts';
import { openTestService, type TestService } from '../service.ts';
import { openReceiver } from './receiver.ts';

let canbao: TestService;
let service: Service;
let secret: string;
beforeAll(async () => {
  canbao = await openTestService({ empty: true });
  service = canbao.service;
  secret = newWebhookSecret(service.random);
  await startWebhookWorker(service, { retryDelay: 1, timeoutMs: 1000 });
});
afterAll(() => canbao[Symbol.asyncDispose]());

const verdict: VerdictJson = {
  verified: true,
  reason: 'valid',
  text: 'Valid.',
  notes: [],
  audienceChecked: true,
  nullifier: '7',
};

const toDeliver = (url: string, requestId = 'request') => ({
  ...{ requestId, url, verdict },
  secret: service.seal.seal(utf8ToBytes(secret)),
});

/** As an answered request has it: kept, and handed on. */
async function queueVerdict(of: Service, delivery: VerdictToDeliver): Promise<void> {
  await sendDelivery(of, await keepDelivery(of, of.db, delivery));
}

const deliveries = (requestId: string) =>
  service.db
    .selectFrom('webhook_delivery')
    .select(['id', 'state', 'attempts', 'last_status', 'ended_at'])
    .where('request_id', '=', requestId)
    .execute();

/** Once the only delivery of a request is over. */
async function over(requestId: string) {
  return vi.waitFor(
    async () => {
      const [one] = await deliveries(requestId);
      expect(one?.ended_at).not.toBeNull();
      expect(one).toBeDefined();
      return one;
    },
    { timeout: 60_000, interval: 100 },
  );
}

test('a verdict arrives, signed, and with nothing else in it', async () => {
  await using receiver = await openReceiver();
  const presentation = { proof: 'canary', epochRoot: '1' };
  const withMore = { ...verdict, presentation } as VerdictJson;
  await queueVerdict(service, { ...toDeliver(receiver.url, 'one'), verdict: withMore });
  expect(await over('one')).toMatchObject({
    state: 'delivered',
    attempts: 1,
    last_status: '204',
  });
  const [{ headers, body, path } = expect.fail()] = receiver.received;
  expect(path).toBe('/verdicts');
  const { id, payload } = verifyWebhook({ secret, headers, body });
  expect(id).toBe((await deliveries('one'))[0]?.id);
  expect(payload).toEqual({
    type: 'verdict',
    timestamp: expect.any(Number),
    data: { requestId: 'one', verdict },
  });
  expect(body).not.toContain('canary');
  const other = newWebhookSecret(service.random);
  expect(() => verifyWebhook({ secret: other, headers, body })).toThrow();
  expect(() => verifyWebhook({ secret, headers, body: `${body} ` })).toThrow();
});

test('what is not taken is tried again, under the same id', async () => {
  await using receiver = await openReceiver((before) => [500, 302, 204][before] ?? 204);
  await queueVerdict(service, toDeliver(receiver.url, 'again'));
  expect(await over('again')).toMatchObject({ state: 'delivered', attempts: 3 });
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(1);
  // A redirect is an answer like another: nobody is led elsewhere.
  expect(receiver.received.map(({ path }) => path)).toEqual(Array(3).fill('/verdicts'));
});

test('a server that is away, or does not answer, is tried again', async () => {
  const { port, url } = await closedPort();
  await queueVerdict(service, toDeliver(url, 'away'));
  await vi.waitFor(
    async () => {
      expect((await deliveries('away'))[0]?.last_status).toBe('ECONNREFUSED');
    },
    { timeout: 30_000 },
  );
  await using receiver = await openReceiver((before) => (before === 0 ? 0 : 200), port);
  expect(await over('away')).toMatchObject({ state: 'delivered', last_status: '200' });
  expect(receiver.received).toHaveLength(2);
});

async function closedPort() {
  const { port, url, ...receiver } = await openReceiver();
  await receiver[Symbol.asyncDispose]();
  return { port, url };
}

test('who wants no more is left alone', async () => {
  await using receiver = await openReceiver(() => 410);
  await queueVerdict(service, toDeliver(receiver.url, 'gone'));
  expect(await over('gone')).toMatchObject({ state: 'failed', attempts: 1, last_status: '410' });
  expect(receiver.received).toHaveLength(1);
});

test('it is given up after so many attempts', async () => {
  await using receiver = await openReceiver(() => 500);
  const id = await keepDelivery(service, service.db, toDeliver(receiver.url, 'never'));
  await service.db
    .updateTable('webhook_delivery')
    .set({ attempts: 9 })
    .where('id', '=', id)
    .execute();
  await sendDelivery(service, id);
  expect(await over('never')).toMatchObject({ state: 'failed', attempts: 10, last_status: '500' });
});

test('queued many times it is delivered once', async () => {
  await using receiver = await openReceiver();
  const id = await keepDelivery(service, service.db, toDeliver(receiver.url, 'many'));
  await Promise.all(Array.from({ length: 8 }, () => sendDelivery(service, id)));
  await over('many');
  // All of them were worked through.
  await vi.waitFor(async () => expect(await service.queue.size('webhook')).toBe(0), {
    timeout: 30_000,
  });
  expect(receiver.received).toHaveLength(1);
});

test('what another took and never came back for is not forgotten', async () => {
  await using receiver = await openReceiver();
  const id = await keepDelivery(service, service.db, toDeliver(receiver.url, 'taken'));
  const claimed_until = new Date((service.clock() + 2) * 1000);
  await service.db
    .updateTable('webhook_delivery')
    .set({ claimed_until, attempts: 1 })
    .where('id', '=', id)
    .execute();
  await sendDelivery(service, id);
  expect(await over('taken')).toMatchObject({ state: 'delivered', attempts: 2 });
  expect(receiver.received).toHaveLength(1);
});

test('what was kept and not handed on is found', async () => {
  await using receiver = await openReceiver();
  await keepDelivery(service, service.db, toDeliver(receiver.url, 'forgotten'));
  await startWebhookWorker(service);
  expect(await over('forgotten')).toMatchObject({ state: 'delivered', attempts: 1 });
});

test('what is kept in a transaction that fails is not delivered', async () => {
  const kept = service.db.transaction().execute(async (trx) => {
    await keepDelivery(service, trx, toDeliver('http://localhost:1/', 'undone'));
    throw new Error('undone');
  });
  await expect(kept).rejects.toThrow('undone');
  expect(await deliveries('undone')).toEqual([]);
});

test('in production no private address is connected to', async () => {
  await using receiver = await openReceiver();
  const url = receiver.url.replace('http:', 'https:');
  const production = { ...service, production: true };
  const literal = toDeliver(url.replace('localhost', '127.0.0.1'));
  await expect(queueVerdict(production, literal)).rejects.toMatchObject({
    code: 'webhook.private_address',
  });
  await expect(queueVerdict(production, toDeliver(receiver.url))).rejects.toMatchObject({
    code: 'webhook.bad_url',
  });
});

test('the secret lies sealed, and neither it nor the verdict is logged', async () => {
  const rows = await service.db.selectFrom('webhook_delivery').selectAll().execute();
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(Buffer.from(row.secret).includes(secret)).toBe(false);
  expect(canbao.logged.filter((line) => line.includes(secret))).toEqual([]);
});
