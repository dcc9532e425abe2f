import { randomBytes } from 'node:crypto';
import type { LocalAccount } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  FRESH_SECONDS,
  type RequestContent,
  signRequest,
} from '../../src/authority/http/request-signature.ts';
import type { RegistryContract } from '../../src/chain/registry.ts';
import { systemClock } from '../../src/core/clock.ts';
import { parseMonth } from '../../src/core/month.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { deployRegistry, fillLedger } from '../jobs/closing.ts';
import { closeTestStore, employers, openTestStore } from '../ledger/stores.ts';
import { startTestChain, type TestChain, testAuthorities } from '../support/test-chain.ts';
import { type Served, serveCoSigner, serveLedger } from './authorities.ts';

const [alpha, beta] = testAuthorities as [LocalAccount, LocalAccount];
let context: TestChain;
let store: Store;
let registry: RegistryContract;
let server: Served;
let log: string;

beforeAll(async () => {
  context = await startTestChain();
  registry = await deployRegistry(context);
  store = await openTestStore('pglite');
  await fillLedger(store);
  await buildEpoch(store, { month: parseMonth('2026-08'), hash: await wasmPoseidon() });
});
afterAll(async () => {
  await closeTestStore(store);
  await context[Symbol.asyncDispose]();
});
const sink = {
  write(line: string) {
    log += line;
  },
};
beforeEach(async () => {
  log = '';
  server = await serveLedger({ registry, account: alpha, store, log: sink });
});
afterEach(() => server[Symbol.asyncDispose]());

const feed = '/v1/authority/feed/record?epoch=1&after=0';
const domain = () => ({ chainId: registry.chain.chainId, registry: registry.address });
const asked = (changes: Partial<RequestContent> = {}): RequestContent => ({
  ...{ to: alpha.address, method: 'GET', path: feed, body: Buffer.alloc(0) },
  ...changes,
});
/** Headers of a request as beta signs it, whatever is then sent with them. */
const signed = (changes: Partial<RequestContent> = {}, now = systemClock()) =>
  signRequest(domain(), beta, asked(changes), now);
const get = (headers: Readonly<Record<string, string>>, path = feed) =>
  fetch(new URL(path, server.url), { headers });

async function expectProblem(response: Response, status: number, code: string) {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = (await response.json()) as { facts: object };
  expect(body).toMatchObject({ type: `urn:canbao:error:${code}`, status, code });
  expect(response.status).toBe(status);
  return body;
}

it('rows go to an authority that signs for them, and to nobody else', async () => {
  const response = await get(await signed());
  expect(response.status).toBe(200);
  const rows = (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows.map(([id, account]) => [id, account])).toEqual([
    [1, 0],
    [2, 1],
  ]);
  await expectProblem(await get({}), 401, 'authority.unsigned_request');
});

describe('a request', () => {
  it('is good once', async () => {
    const headers = await signed();
    expect((await get(headers)).status).toBe(200);
    await expectProblem(await get(headers), 409, 'authority.replayed_request');
    // Nor by another server on the same database.
    const other = await serveLedger({ registry, account: alpha, store });
    await expectProblem(
      await fetch(new URL(feed, other.url), { headers }),
      409,
      'authority.replayed_request',
    );
    await other[Symbol.asyncDispose]();
  });

  it.each([-FRESH_SECONDS - 2, FRESH_SECONDS + 2])('is fresh: not %i seconds off', async (off) => {
    const headers = await signed({}, systemClock() + off);
    await expectProblem(await get(headers), 401, 'authority.stale_request');
  });

  it.each<[string, Partial<RequestContent>]>([
    ['another server', { to: beta.address }],
    ['another method', { method: 'POST' }],
    ['another table', { path: feed.replace('record', 'person') }],
    ['another place in the table', { path: feed.replace('after=0', 'after=1') }],
    ['another body', { body: Buffer.from('{}') }],
  ])('is for what it says: not %s', async (_, changes) => {
    const response = await get(await signed(changes));
    await expectProblem(response, 401, 'authority.unsigned_request');
  });

  it.each([
    ['canbao-authority', alpha.address],
    ['canbao-authority', 'nobody'],
    ['canbao-timestamp', `${systemClock() - 1}`],
    ['canbao-timestamp', '1e9'],
    ['canbao-nonce', `0x${randomBytes(32).toString('hex')}`],
    ['canbao-nonce', '0x00'],
    ['canbao-signature', `0x${'11'.repeat(65)}`],
    ['canbao-signature', `0x${'00'.repeat(65)}`],
  ])('keeps its %s: not %s', async (header, value) => {
    const headers = { ...(await signed()), [header]: value };
    await expectProblem(await get(headers), 401, 'authority.unsigned_request');
  });

  it('of another registry is another’s', async () => {
    const other = { ...domain(), registry: beta.address };
    const headers = await signRequest(other, beta, asked(), systemClock());
    await expectProblem(await get(headers), 401, 'authority.unsigned_request');
  });
});

describe('what is asked', () => {
  it.each([
    ['/v1/authority/feed/refused_row?epoch=1&after=0', 400, 'http.bad_request'],
    ['/v1/authority/feed/record?epoch=1', 400, 'http.bad_request'],
    ['/v1/authority/feed/record?epoch=1&after=x', 400, 'http.bad_request'],
    ['/v1/authority/feed/record?epoch=99&after=0', 404, 'ledger.unknown_epoch'],
    ['/v1/authority/tiles/1/accounts/4/0', 400, 'http.bad_request'],
    ['/v1/authority/tiles/1/people/0/0', 400, 'http.bad_request'],
    ['/v1/authority/nothing', 404, 'http.not_found'],
  ])('%s: %i %s', async (path, status, code) => {
    await expectProblem(await get(await signed({ path }), path), status, code);
  });

  it('a co-signature of a server that only gives out its ledger: 404', async () => {
    const path = '/v1/authority/co-signatures';
    const inputs = { accountCount: 1, employerCount: 1, recordCutoff: 1 };
    const body = JSON.stringify({
      commitment: { month: 1500, revision: 0, epochRoot: '1', previousRoot: '0', accounts: 1 },
      epochId: 1,
      inputs: { ...inputs, factsCutoff: 0, enrolmentCutoff: 0 },
    });
    const post = async (text: string) => {
      const headers = await signed({ path, method: 'POST', body: Buffer.from(text) });
      return fetch(new URL(path, server.url), {
        ...{ method: 'POST', body: text },
        headers: { ...headers, 'content-type': 'application/json' },
      });
    };
    await expectProblem(await post(body), 404, 'authority.signs_nothing');
    await expectProblem(await post(body.replace('"1"', '"01"')), 400, 'http.bad_request');
    await expectProblem(await post('{"a":'), 400, 'http.bad_request');
    await expectProblem(await post('{"__proto__":{}}'), 400, 'http.bad_request');
    await expectProblem(await post(' '.repeat(20_000)), 413, 'http.too_large');
  });

  it('is told of in the language that is asked for', async () => {
    const headers = { 'accept-language': 'zh-CN' };
    const body = await expectProblem(await get(headers), 401, 'authority.unsigned_request');
    expect(body).toMatchObject({ title: '请求签名不符合要求：canbao-authority' });
  });
});

it('more requests than a minute allows: 429', async () => {
  const limits = { requestsAMinute: 2 };
  const busy = await serveLedger({ registry, account: alpha, store, limits });
  const ask = () => fetch(new URL('/v1/authority', busy.url));
  expect((await ask()).status).toBe(200);
  expect((await ask()).status).toBe(200);
  await expectProblem(await ask(), 429, 'http.too_many');
  expect((await fetch(new URL('/healthz', busy.url))).status).toBe(200);
  await busy[Symbol.asyncDispose]();
});

it('a ledger is given out by who has it', async () => {
  const hash = await wasmPoseidon();
  const coSigner = await serveCoSigner({ registry, account: alpha, store, hash }, []);
  const response = await fetch(new URL(feed, coSigner.url), { headers: await signed() });
  await expectProblem(response, 404, 'authority.serves_no_ledger');
  await coSigner[Symbol.asyncDispose]();
});

it('nothing of records, hashes or signatures is logged', async () => {
  const headers = await signed();
  const rows = await (await get(headers)).text();
  await get(headers);
  await get(await signed({ path: '/v1/authority/nothing' }));
  expect(rows).toContain(employers[0]);
  expect(log.split('\n').length).toBeGreaterThan(3);
  const [person] = await store.db.selectFrom('person').selectAll().execute();
  const secrets = [
    employers[0],
    '500000,350203',
    headers['canbao-signature'],
    headers['canbao-nonce'],
  ];
  secrets.push(Buffer.from(person?.person_hash ?? []).toString('base64'));
  for (const secret of secrets) expect(log).not.toContain(secret);
});
