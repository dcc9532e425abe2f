import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { systemRandom } from '../../src/core/random.ts';
import { type ReceivedWebhook, verifyWebhook } from '../../src/sdk/webhook.ts';
import { newWebhookSecret, signWebhook } from '../../src/service/webhooks/sign.ts';

/** The example of the Standard Webhooks specification. */
const published: ReceivedWebhook = {
  secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl',
  body: '{"event_type":"ping","data":{"success":true}}',
  headers: {
    'webhook-id': 'msg_loFOjxBNrRLzqYUf',
    'webhook-timestamp': '1731705121',
    'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
  },
  clock: () => 1_731_705_121,
};

const withHeaders = (changes: Record<string, string | string[] | undefined>): ReceivedWebhook => ({
  ...published,
  headers: { ...published.headers, ...changes },
});

test('the published example is taken', () => {
  const webhook = { id: 'msg_loFOjxBNrRLzqYUf', payload: JSON.parse(`${published.body}`) };
  expect(verifyWebhook(published)).toEqual(webhook);
  const body = new TextEncoder().encode(`${published.body}`);
  const headers = new Headers(published.headers as Record<string, string>);
  expect(verifyWebhook({ ...published, body, headers })).toEqual(webhook);
});

test('one signature of several is enough, while a secret is changed', () => {
  const own = 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=';
  const many = `v1a,${own.slice(3)} v1,AAAA ${own}`;
  expect(verifyWebhook(withHeaders({ 'webhook-signature': many })).id).toBeTruthy();
});

test('what the service signs is taken', () => {
  const secret = newWebhookSecret(systemRandom);
  const body = JSON.stringify({ type: 'verdict', 结论: '有效' });
  const sign = { id: 'x', timestamp: systemClock(), body, secret };
  const headers = signWebhook(sign);
  expect(verifyWebhook({ secret, body, headers })).toEqual({ id: 'x', payload: JSON.parse(body) });
  const other = newWebhookSecret(systemRandom);
  expect(() => verifyWebhook({ secret: other, body, headers })).toThrow();
});

const signed = (body: string, id: string, at: string, secret = 'plJ3nmyCDGBKInavdOK15jsl') =>
  `v1,${createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${at}.${body}`).digest('base64')}`;

test.each<[string, ReceivedWebhook]>([
  ['another body', { ...published, body: `${published.body} ` }],
  ['another id', withHeaders({ 'webhook-id': 'msg_2' })],
  ['another time', withHeaders({ 'webhook-timestamp': '1731705122' })],
  ['another secret', { ...published, secret: 'whsec_plJ3nmyCDGBKInavdOK15jsm' }],
  ['an empty secret', { ...published, secret: 'whsec_' }],
  ['an old one, replayed', { ...published, clock: () => 1_731_705_121 + 301 }],
  ['one of the future', { ...published, clock: () => 1_731_705_121 - 301 }],
  ['no signature', withHeaders({ 'webhook-signature': undefined })],
  ['an empty signature', withHeaders({ 'webhook-signature': 'v1,' })],
  ['half a signature', withHeaders({ 'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyA==' })],
  [
    'a signature of another kind',
    withHeaders({ 'webhook-signature': 'v2,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=' }),
  ],
  ['two ids', withHeaders({ 'webhook-id': ['a', 'b'] })],
  [
    'a time that is none, though signed',
    withHeaders({
      'webhook-timestamp': '1e9',
      'webhook-signature': signed(`${published.body}`, 'msg_loFOjxBNrRLzqYUf', '1e9'),
    }),
  ],
])('%s is refused', (_, received) => {
  expect(() => verifyWebhook(received)).toThrow(
    expect.objectContaining({ code: 'sdk.bad_webhook' }),
  );
});
