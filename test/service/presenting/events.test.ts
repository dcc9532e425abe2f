import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAnyRequest } from '../../../src/request/any-request.ts';
import { verifyWebhook } from '../../../src/sdk/webhook.ts';
import { startWebhookWorker } from '../../../src/service/webhooks/worker.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { openTestService, type TestService } from '../service.ts';
import { present } from '../verdicts/sample-presentations.ts';
import { openReceiver } from '../webhooks/receiver.ts';
import { type Client, clientOf } from './client.ts';

let canbao: TestService;
let client: Client;
let url: string;
let now = 1_795_000_000;
beforeAll(async () => {
  canbao = await openTestService({ clock: () => now });
  client = clientOf(canbao);
  url = await canbao.app.listen({ port: 0 });
});
afterAll(() => canbao[Symbol.asyncDispose]());

interface Stream {
  readonly status: number | undefined;
  readonly type: string | undefined;
  /** The next event; undefined at the end. */
  next(): Promise<{ event: string; data: { state: string } } | undefined>;
  close(): void;
}

/** Events over a real socket, read as they come. */
function open(path: string, headers: Record<string, string> = {}): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${url}${path}`, { headers }, (response) => {
      const chunks = response.setEncoding('utf8')[Symbol.asyncIterator]();
      let text = '';
      resolve({
        status: response.statusCode,
        type: response.headers['content-type'],
        async next() {
          for (;;) {
            const end = text.indexOf('\n\n');
            if (end >= 0) {
              const block = text.slice(0, end);
              text = text.slice(end + 2);
              const [, event = ''] = /^event: (.*)$/m.exec(block) ?? [];
              const [, data] = /^data: (.*)$/m.exec(block) ?? [];
              if (data !== undefined) return { event, data: JSON.parse(data) };
              continue;
            }
            const { value, done } = await chunks.next();
            if (done) return undefined;
            text += value;
          }
        },
        close: () => sent.destroy(),
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

const events = (id: string, token: string) =>
  open(`/v1/requests/${id}/events`, { authorization: `Bearer ${token}` });

describe('events over a socket', () => {
  test('tell the state at once, when it is declined and when it is answered, and end', async () => {
    const { id, token, request, expiresAt } = await client.opened();
    const stream = await events(id, token);
    expect(stream).toMatchObject({ status: 200, type: 'text/event-stream' });
    expect(await stream.next()).toEqual({ event: 'state', data: { state: 'open', expiresAt } });
    await client.decline(id);
    expect(await stream.next()).toMatchObject({ data: { state: 'declined', declinedAt: now } });
    const asked = parseAnyRequest(request, statementRegistry);
    // Over another connection, as at another process: only the database ties the two.
    const answered = await fetch(`${url}/v1/requests/${id}/response`, {
      method: 'POST',
      body: new URLSearchParams({
        vp_token: JSON.stringify(await present(canbao, 'steady-employee', asked)),
        state: id,
      }),
    });
    expect(await answered.json()).toMatchObject({ verified: true });
    expect(await stream.next()).toMatchObject({ data: { state: 'answered', answeredAt: now } });
    expect(await stream.next()).toBeUndefined();
  }, 60_000);

  test('take the token in the address, where no log shows it', async () => {
    const { id, token } = await client.opened();
    const stream = await open(`/v1/requests/${id}/events?access_token=${token}`);
    expect(await stream.next()).toMatchObject({ data: { state: 'open' } });
    await client.cancel(id, token);
    expect(await stream.next()).toMatchObject({ data: { state: 'cancelled' } });
    expect(await stream.next()).toBeUndefined();
    const log = canbao.logged.join('\n');
    expect(log.includes(`/v1/requests/${id}/events`)).toBe(true);
    expect(log.includes(token)).toBe(false);
  });

  test('end when it expires', async () => {
    const { id, token } = await client.opened({ expiresIn: 60 });
    const stream = await events(id, token);
    expect(await stream.next()).toMatchObject({ data: { state: 'open' } });
    now += 60;
    expect(await stream.next()).toMatchObject({ data: { state: 'expired' } });
    expect(await stream.next()).toBeUndefined();
    const late = await events(id, token);
    expect(await late.next()).toMatchObject({ data: { state: 'expired' } });
    expect(await late.next()).toBeUndefined();
  });

  test.each([
    ['no token', '', 401],
    ['a wrong token', '?access_token=x', 401],
  ])('are not for who has %s', async (_, query, status) => {
    const { id } = await client.opened();
    const answer = await fetch(`${url}/v1/requests/${id}/events${query}`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(await answer.json()).toMatchObject({ code: 'request.wrong_token' });
  });
});

test('a webhook tells the verdict, signed with the secret the asker was given', async () => {
  await using receiver = await openReceiver();
  await startWebhookWorker(canbao.service);
  const opened = await client.opened({ webhook: { url: receiver.url } });
  const { id, request, webhookSecret = '' } = opened;
  const asked = parseAnyRequest(request, statementRegistry);
  const presentation = await present(canbao, 'steady-employee', asked);
  expect((await client.answer(id, { ...presentation, nullifier: '1' })).json()).toMatchObject({
    verified: false,
  });
  expect((await client.answer(id, presentation)).json()).toMatchObject({ verified: true });
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(1);
  const [post] = receiver.received;
  if (!post) throw new Error('nothing was received');
  const { headers, body } = post;
  const clock = () => now;
  const { payload } = verifyWebhook({ secret: webhookSecret, headers, body, clock });
  expect(payload).toMatchObject({
    type: 'verdict',
    data: { requestId: id, verdict: { verified: true, nullifier: presentation.nullifier } },
  });
}, 60_000);

test('a webhook that is no https address is refused', async () => {
  const answer = await client.ask({
    ...{ preset: 'insured-now', purpose: 'Loan 7', webhook: { url: 'http://bank.test/' } },
  });
  expect(answer.json()).toMatchObject({ status: 400, code: 'webhook.bad_url' });
});

// Last: nothing is served after it.
test('streams end when the service does', async () => {
  const { id, token } = await client.opened();
  const stream = await events(id, token);
  expect(await stream.next()).toMatchObject({ data: { state: 'open' } });
  const ended = stream.next();
  await canbao.app.close();
  expect(await ended).toBeUndefined();
});
