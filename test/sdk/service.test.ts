import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { systemRandom } from '../../src/core/random.ts';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import type { KeyManifest } from '../../src/groth16/manifest.ts';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { publishedKeys } from '../../src/keys/published-keys.ts';
import type { VerdictAnswer } from '../../src/sdk/answers.ts';
import {
  type AnyRequest,
  canbaoClient,
  fetchArtifacts,
  type HolderKeys,
  holderSession,
  keysFrom,
  openRequest,
  type PresentationFile,
  proofReasonsOf,
  prove,
  respond,
  verifyOffline,
} from '../../src/sdk/index.ts';
import { startProofWorker } from '../../src/service/proofs/proof-worker.ts';
import type { VerdictJson } from '../../src/service/verdicts/verdict-json.ts';
import { addVerifier } from '../../src/service/verifiers/verifiers.ts';
import { ORIGIN } from '../service/service.ts';
import { openSocketService, type SocketService } from './over-socket.ts';

const BANK = 'https://bank.example';
const STATEMENT = 'pension-eligibility@1';
const prover = wasmProver();

let canbao: SocketService;
let apiKey: string;
/** Whose answers are true. */
let keys: HolderKeys;

beforeAll(async () => {
  canbao = await openSocketService();
  const { db } = canbao.service;
  ({ key: apiKey } = await addVerifier(db, { audience: BANK, name: 'A bank' }, systemRandom));
  ({ keys } = canbao.holder('pension-ready'));
});
afterAll(async () => {
  await prover.close();
  await canbao[Symbol.asyncDispose]();
});

const connection = () => ({ url: ORIGIN, fetch: canbao.fetch });
const bank = () => canbaoClient({ ...connection(), apiKey });
const question = { preset: 'pension-claim', purpose: 'pension 2026' } as const;

/** Files as a bureau's site has them, and their hashes. */
async function published() {
  const { artifacts } = await canbao.service.keys.get(STATEMENT);
  const { entry, files } = await publishedKeys(canbao.service.keys, STATEMENT);
  const manifest: KeyManifest = { format: 'canbao/keys@1', statements: { [STATEMENT]: entry } };
  return { artifacts, manifest, files };
}

async function proveFor(request: AnyRequest, holderKeys = keys): Promise<PresentationFile> {
  const session = await holderSession({ ...connection(), keys: holderKeys });
  const { opening } = await session.fetchBundle();
  await session.logOut();
  const { artifacts } = await canbao.service.keys.get(STATEMENT);
  return prove({ request, opening, holderKeys, prover, artifacts: () => artifacts });
}

const trusted = { trusted: [ORIGIN] };
const code = (name: string, facts = {}) =>
  expect.objectContaining({ code: name, facts: expect.objectContaining(facts) });

test('the types are those of the service', () => {
  expectTypeOf<VerdictJson>().toExtend<VerdictAnswer>();
});

describe('from the question to the verdict', () => {
  test('a bank asks, a holder opens the link, proves and answers; the bank is told', async () => {
    const asked = await bank().createRequest(question);
    expect(asked.token).toHaveLength(43);
    const waiting = bank().waitForVerdict(asked);

    for (const link of [asked.link, asked.page, asked.requestUri]) {
      const found = await openRequest(link, { ...connection(), ...trusted });
      expect(found).toMatchObject({ audience: BANK, origin: ORIGIN });
    }
    const found = await openRequest(asked.link, { ...connection(), ...trusted });
    const presentation = await proveFor(found.request);
    expect(await respond(found, presentation, connection())).toMatchObject({ verified: true });

    const outcome = await waiting;
    expect(outcome).toMatchObject({
      state: 'answered',
      verdict: { verified: true, reason: 'valid', audience: BANK, audienceChecked: true },
    });
    expect(outcome.verdict?.epoch?.month).toBe('2026-10');
    expect(await bank().verdict(asked)).toEqual(outcome);
    await expect(respond(found, presentation, connection())).rejects.toEqual(
      code('request.answered'),
    );
    await expect(bank().cancel(asked)).rejects.toEqual(code('request.answered'));

    // The same presentation, held against the bank's own copy, with the service and without it.
    const expected = { request: asked.request };
    expect(await bank().verify(presentation, expected)).toMatchObject({ verified: true });
    const batch = await bank().verifyBatch(
      [
        { name: 'a', presentation },
        { name: 'b', presentation: { ...presentation, nullifier: '1' } },
        { name: 'c', presentation: {} },
      ],
      expected,
    );
    expect(batch.summary).toMatchObject({ total: 3, verified: 1, refused: 1, malformed: 1 });
    expect(batch.verdicts.map(({ name, reason }) => [name, reason])).toEqual([
      ['a', 'valid'],
      ['b', 'invalid_proof'],
      ['c', 'malformed'],
    ]);
    await expect(bank().verify({})).rejects.toEqual(code('presentation.malformed'));

    const { artifacts, manifest } = await published();
    const verificationKeys = { [STATEMENT]: verificationKeyFromZkey(artifacts.zkey) };
    const epochs = await (await canbao.fetch(`${ORIGIN}/v1/epochs`)).json();
    const offline = { ...expected, epochs, keys: keysFrom(manifest, verificationKeys) };
    const accepting = { ...offline, acceptDevelopmentKeys: true };
    expect(await verifyOffline(presentation, accepting)).toMatchObject({ valid: true });
    expect(await verifyOffline(presentation, offline)).toMatchObject({ reason: 'key_refused' });
    const noEpochs = { ...accepting, epochs: { format: 'canbao/epochs@1', epochs: [] } };
    expect(await verifyOffline(presentation, noEpochs)).toMatchObject({ reason: 'unknown_root' });
    const others = (await bank().createRequest(question)).request;
    expect(await verifyOffline(presentation, { ...accepting, request: others })).toMatchObject({
      reason: 'wrong_request',
    });
  });

  test('a false answer leaves it open; who does not qualify is told before anything is proven', async () => {
    const asked = await bank().createRequest(question);
    const found = await openRequest(asked.link, { ...connection(), ...trusted });
    const other = await openRequest((await bank().createRequest(question)).link, {
      ...connection(),
      ...trusted,
    });
    const presentation = await proveFor(other.request);
    expect(await respond(found, presentation, connection())).toMatchObject({
      verified: false,
      reason: 'wrong_request',
    });
    expect(await bank().verdict(asked)).toMatchObject({ state: 'open' });
    await expect(proveFor(found.request, canbao.holder('pension-short').keys)).rejects.toEqual(
      code('statement.not_satisfied'),
    );
    expect(await bank().cancel(asked)).toMatchObject({ state: 'cancelled' });
    await expect(openRequest(asked.link, { ...connection(), ...trusted })).rejects.toEqual(
      code('request.cancelled'),
    );
  });

  test('with a redirect URI the verdict is for who brings the response code', async () => {
    const asked = await bank().createRequest({ ...question, redirectUri: `${BANK}/back` });
    const found = await openRequest(asked.link, { ...connection(), ...trusted });
    const { redirectUri } = await respond(found, await proveFor(found.request), connection());
    const back = new URL(redirectUri ?? '');
    expect(back.origin).toBe(BANK);
    const responseCode = new URLSearchParams(back.hash.slice(1)).get('response_code') ?? '';
    await expect(bank().verdict(asked)).rejects.toEqual(code('request.wrong_response_code'));
    expect(await bank().verdict(asked, { responseCode })).toMatchObject({ state: 'answered' });
  });
});

describe('proofs made by the service', () => {
  const session = (role: string) =>
    holderSession({ ...connection(), keys: canbao.holder(role).keys });
  const find = async () =>
    openRequest((await bank().createRequest(question)).link, { ...connection(), ...trusted });
  const left = async () =>
    (await canbao.service.db.selectFrom('proof_job').selectAll().execute()).length;

  test('a proof nobody works on is cancelled by its signal', async () => {
    const giveUp = new AbortController();
    const { request } = await find();
    const waiting = (await session('pension-ready')).delegate(request, {
      signal: giveUp.signal,
      pollMs: 20,
      onProgress: () => giveUp.abort(new Error('enough')),
    });
    await expect(waiting).rejects.toThrow('enough');
    const jobs = await canbao.service.db.selectFrom('proof_job').select('state').execute();
    expect(jobs).toEqual([{ state: 'cancelled' }]);
    await canbao.service.db.deleteFrom('proof_job').execute();
  });

  test('one is made, and one is refused with its reason; nothing is left behind', async () => {
    await startProofWorker(canbao.service, { concurrency: 1, prover });
    const found = await find();
    const presentation = await (await session('pension-ready')).delegate(found.request, {
      pollMs: 50,
    });
    expect(await respond(found, presentation, connection())).toMatchObject({ verified: true });

    const short = (await session('pension-short')).delegate((await find()).request, { pollMs: 50 });
    const refused = await short.catch((error: unknown) => error);
    expect(refused).toEqual(code('statement.not_satisfied'));
    expect(proofReasonsOf(refused)?.[0]).toMatchObject({ number: 1, statement: STATEMENT });
    expect(await left()).toBe(0);
  });
});

describe('waiting', () => {
  test('ends with the request', async () => {
    const asked = await bank().createRequest(question);
    const waiting = bank().waitForVerdict(asked);
    await bank().cancel(asked);
    expect(await waiting).toMatchObject({ state: 'cancelled' });
  });

  test('goes on where somebody declines, with events and without', async () => {
    for (const events of [true, false]) {
      const streamless: typeof fetch = async (input, init) => {
        if (!events && `${input}`.includes('/events')) throw new TypeError('no streams here');
        return canbao.fetch(input, init);
      };
      const client = canbaoClient({ url: ORIGIN, fetch: streamless, apiKey });
      const asked = await client.createRequest(question);
      let declined = 0;
      const waiting = client.waitForVerdict(asked, { pollMs: 20, onDeclined: () => declined++ });
      const found = await openRequest(asked.page, { ...connection(), ...trusted });
      const body = new URLSearchParams({ error: 'access_denied', state: found.state });
      await canbao.fetch(found.responseUri, { method: 'POST', body });
      await expect.poll(() => declined).toBe(1);
      expect(await client.verdict(asked)).toMatchObject({ state: 'declined' });
      await setTimeout(100);
      await client.cancel(asked);
      expect(await waiting).toMatchObject({ state: 'cancelled' });
      expect(declined).toBe(1);
    }
  });

  test('is given up by its signal', async () => {
    const asked = await bank().createRequest(question);
    const giveUp = new AbortController();
    const waiting = bank().waitForVerdict(asked, { signal: giveUp.signal });
    giveUp.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  test('goes on without events, and through a service that is away for a while', async () => {
    let away = 0;
    let looks = 0;
    const flaky: typeof fetch = async (input, init) => {
      if (`${input}`.includes('/events')) throw new TypeError('no streams here');
      if (`${input}`.includes('/verdict')) {
        looks++;
        if (away-- > 0) throw new TypeError('fetch failed');
      }
      return canbao.fetch(input, init);
    };
    const client = canbaoClient({ url: ORIGIN, fetch: flaky, apiKey });
    const asked = await client.createRequest(question);
    const waiting = client.waitForVerdict(asked, { pollMs: 20 });
    while (looks === 0) await setTimeout(5);
    away = 4; // more than a GET is tried at once
    await setTimeout(1500);
    await client.cancel(asked);
    expect(await waiting).toMatchObject({ state: 'cancelled' });
    expect(looks).toBeGreaterThan(5);
  });
});

describe('presets', () => {
  test('all of them, and one for an input', async () => {
    const presets = await bank().presets();
    const slugs = presets.map(({ slug }) => slug);
    expect(slugs).toContain('pension-claim');
    const needy = presets.find(({ needs }) => needs.includes('region'));
    await expect(bank().preset(needy?.slug ?? '')).rejects.toEqual(code('statement.preset_needs'));
    const asked = await bank().preset('pension-claim', { asOf: '2026-10' });
    expect(asked.asks?.[0]).toMatchObject({ statement: STATEMENT });
  });
});

describe('what is refused', () => {
  test('a request in a name that neither origin nor trust vouches for', async () => {
    const asked = await bank().createRequest(question);
    await expect(openRequest(asked.link, connection())).rejects.toEqual(
      code('sdk.foreign_request', { audience: BANK, origin: ORIGIN }),
    );
    const own = await canbaoClient(connection()).createRequest(question);
    expect(await openRequest(own.link, connection())).toMatchObject({ audience: ORIGIN });
  });

  test.each<[string, (found: Record<string, unknown>) => Record<string, unknown>]>([
    [
      'an answer that would go elsewhere',
      (found) => ({
        ...found,
        response_uri: 'https://thief.example/response',
        client_id: 'redirect_uri:https://thief.example/response',
      }),
    ],
    ['a client_id of another', (found) => ({ ...found, client_id: 'redirect_uri:https://a.b/' })],
    ['no request', ({ canbao_request: _, ...found }) => found],
    ['another way to respond', (found) => ({ ...found, response_mode: 'fragment' })],
  ])('%s', async (_, change) => {
    const { link } = await canbaoClient(connection()).createRequest(question);
    const tampering: typeof fetch = async (input, init) =>
      Response.json(change((await (await canbao.fetch(input, init)).json()) as never));
    await expect(openRequest(link, { fetch: tampering })).rejects.toMatchObject({
      code: expect.stringMatching(/^(sdk\.bad_answer|request\.malformed)$/),
    });
  });

  test.each([
    '',
    'hello',
    'openid4vp://?client_id=a',
    'javascript:alert(1)',
    'openid4vp://?request_uri=file:///etc/passwd',
  ])('the link %j', async (link) => {
    await expect(openRequest(link, connection())).rejects.toEqual(code('sdk.bad_link'));
  });

  test.each(['http://canbao.example', 'canbao', 'https://canbao.example/path', 'https://a@b.c'])(
    'the service %s',
    (url) => {
      expect(() => canbaoClient({ url })).toThrow(code('sdk.bad_url'));
    },
  );

  test('an API key that is none, a token of another', async () => {
    const stranger = canbaoClient({ ...connection(), apiKey: 'cbv_stranger' });
    await expect(stranger.createRequest(question)).rejects.toEqual(code('verifier.unknown_key'));
    const [one, two] = [await bank().createRequest(question), await bank().createRequest(question)];
    await expect(bank().verdict({ id: one.id, token: two.token })).rejects.toEqual(
      code('request.wrong_token'),
    );
  });

  test('a login in the name of another', async () => {
    const strange = { ...keys, commitment: canbao.holder('pensioner').keys.commitment };
    await expect(holderSession({ ...connection(), keys: strange })).rejects.toEqual(
      code('holder.login_refused'),
    );
  });
});

describe('on the way', () => {
  test('what only reads is tried again, what changes something is not', async () => {
    const calls: string[] = [];
    const dead: typeof fetch = async (input, init) => {
      calls.push(`${init?.method} ${new URL(`${input}`).pathname}`);
      throw new TypeError('fetch failed');
    };
    const client = canbaoClient({ url: ORIGIN, fetch: dead, apiKey });
    await expect(client.presets()).rejects.toEqual(code('sdk.unreachable', { origin: ORIGIN }));
    expect(calls).toEqual(Array(3).fill('GET /v1/presets'));
    calls.length = 0;
    await expect(client.createRequest(question)).rejects.toEqual(code('sdk.unreachable'));
    expect(calls).toEqual(['POST /v1/requests']);
  });

  test('a service that does not answer in time, and one that is none', async () => {
    const silent: typeof fetch = (_, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const slow = canbaoClient({ url: ORIGIN, fetch: silent, timeoutMs: 20 });
    await expect(slow.createRequest(question)).rejects.toEqual(
      code('sdk.unreachable', { reason: 'no answer in 0.02 s' }),
    );
    const page: typeof fetch = async () => new Response('<html>');
    const none = canbaoClient({ url: ORIGIN, fetch: page });
    await expect(none.createRequest(question)).rejects.toEqual(code('sdk.bad_answer'));
    const gateway: typeof fetch = async () => new Response('bad gateway', { status: 502 });
    await expect(
      canbaoClient({ url: ORIGIN, fetch: gateway }).createRequest(question),
    ).rejects.toEqual(code('sdk.bad_answer', { reason: 'status 502' }));
  });
});

describe('artifacts', () => {
  const serving = (bytes: (file: string) => Uint8Array | undefined): typeof fetch => {
    return async (input) => {
      const body = bytes(`${input}`);
      return body ? new Response(new Uint8Array(body)) : new Response('', { status: 404 });
    };
  };
  const urlOf = (statement: string, file: string) => `https://cdn.example/${statement}/${file}`;

  test('are taken from anywhere, and held against the manifest', async () => {
    const { manifest, files: kept } = await published();
    const files: Record<string, Uint8Array> = {};
    for (const [name, { bytes }] of kept) files[urlOf(STATEMENT, name)] = await bytes();
    let fetched = 0;
    const fetch = serving((file) => {
      fetched++;
      return files[file];
    });
    const source = { urlOf, manifest, acceptDevelopmentKeys: true };
    const load = fetchArtifacts({ ...source, fetch });
    const { zkey } = await load(STATEMENT);
    const smaller = Buffer.from((await kept.get('circuit.ckey')?.bytes()) ?? []);
    expect(smaller.equals(zkey)).toBe(true);
    await load(STATEMENT);
    expect(fetched).toBe(2);

    const spoiled = serving((file) => {
      const bytes = files[file] && new Uint8Array(files[file]);
      if (file.endsWith('ckey')) bytes?.reverse();
      return bytes;
    });
    await expect(fetchArtifacts({ ...source, fetch: spoiled })(STATEMENT)).rejects.toEqual(
      code('key.hash_mismatch'),
    );
    await expect(fetchArtifacts({ urlOf, manifest, fetch })(STATEMENT)).rejects.toEqual(
      code('key.development_refused'),
    );
    await expect(fetchArtifacts({ ...source, fetch })('coverage@1')).rejects.toEqual(
      code('key.unknown'),
    );
    const gone = serving(() => undefined);
    await expect(fetchArtifacts({ ...source, fetch: gone })(STATEMENT)).rejects.toEqual(
      code('sdk.unreachable'),
    );
  });
});
