import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signPoseidon } from '../../../src/holder/eddsa-poseidon.ts';
import { openingByIdNumber } from '../../../src/ledger/build/epoch-opening.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import { latestEpoch } from '../../../src/ledger/store/epochs.ts';
import { circuitInputs } from '../../../src/prove/circuit-inputs.ts';
import { parseAnyRequest } from '../../../src/request/any-request.ts';
import type { PresentationJson } from '../../../src/request/presentation.ts';
import { parseRequest } from '../../../src/request/presentation-request.ts';
import type { PresentationSetJson } from '../../../src/request/presentation-set.ts';
import { requestSignals } from '../../../src/request/request-hash.ts';
import type { SignalValue } from '../../../src/statements/define-statement.ts';
import { statementSignals } from '../../../src/statements/judge.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { coverageStatement } from '../../support/request.ts';
import { openTestService, type TestService } from '../service.ts';
import { present } from '../verdicts/sample-presentations.ts';
import { type Client, clientOf, type Opened, ORIGIN, pensionAsk } from './client.ts';

const HOLDER = 'steady-employee';

let canbao: TestService;
let client: Client;
let now = 1_795_000_000;
/** A request and its answer, proven once. */
let asked: Opened;
let presentation: PresentationJson;
/** Every answer of the service. */
const answers: string[] = [];

beforeAll(async () => {
  canbao = await openTestService({
    clock: () => now,
    config: { inFlight: 2000, verdictsInFlight: 2000 },
  });
  client = clientOf(canbao);
  canbao.app.addHook('onSend', async (_, reply, payload) => {
    answers.push(`${JSON.stringify(reply.getHeaders())}\n${payload}`);
    return payload;
  });
  asked = await client.opened();
  presentation = await proven(asked);
}, 180_000);
afterAll(() => canbao[Symbol.asyncDispose]());

const proven = <T = PresentationJson>({ request }: Opened) =>
  present<T>(canbao, HOLDER, parseAnyRequest(request, statementRegistry));

/** The same question, nonce and all, asked anew: the one proof answers it as well. */
async function askedAgain(body: object = {}, of = asked): Promise<Opened> {
  const opened = await client.opened(body);
  await sql`update presentation_request set request = ${JSON.stringify(of.request)}::jsonb,
    expires_at = ${new Date(of.expiresAt * 1000)} where id = ${opened.id}`.execute(
    canbao.service.db,
  );
  return opened;
}

const falsified = () => {
  const { a, b, c } = presentation.proof;
  return { ...presentation, proof: { a: c, b, c: a } };
};

describe('an answer', () => {
  test('as a form closes the request, and the asker reads the verdict', async () => {
    const { id, token, expiresAt } = await askedAgain();
    const form = { vp_token: JSON.stringify(presentation), state: id };
    const answer = await client.post(id, form);
    expect(answer.json()).toEqual({
      ...{ verified: true, reason: 'valid' },
      text: 'Valid: the record as of 2026-10 satisfies the request.',
    });
    const verdict = (await client.verdict(id, token)).json();
    expect(verdict).toMatchObject({
      ...{ state: 'answered', expiresAt, answeredAt: now },
      verdict: {
        ...{ verified: true, reason: 'valid', audience: ORIGIN, statement: 'coverage@1' },
        ...{ epoch: { month: '2026-10' }, key: { status: 'development' } },
        nullifier: presentation.nullifier,
      },
    });
    expect(verdict.verdict.anonymitySet).toBe(26);
    const zh = await client.verdict(id, token, undefined, { 'accept-language': 'zh' });
    expect(zh.json().verdict.text).toBe('有效：截至2026年10月的记录满足请求。');
    expect((await client.fetch(id)).json()).toMatchObject({
      ...{ status: 409, code: 'request.answered' },
    });
    expect((await client.answer(id, presentation)).json()).toMatchObject({
      ...{ status: 409, code: 'request.answered' },
    });
    expect((await client.cancel(id, token)).json()).toMatchObject({ code: 'request.answered' });
  });

  test.each<[string, (token: unknown) => unknown]>([
    ['as JSON', (token) => token],
    ['as text in JSON', (token) => JSON.stringify(token)],
    ['by the id of the query', (token) => ({ request_1: [token] })],
  ])('%s', async (_, form) => {
    const { id } = await askedAgain();
    const answer = await client.answer(id, form(presentation), { state: id });
    expect(answer.json()).toMatchObject({ verified: true });
  });

  test('that is false leaves the request open', async () => {
    const { id, token } = await askedAgain();
    const answer = await client.answer(id, falsified());
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      ...{ verified: false, reason: 'invalid_proof', text: 'Refused: the proof is false.' },
    });
    expect((await client.verdict(id, token)).json()).toMatchObject({ state: 'open' });
    expect((await client.answer(id, presentation)).json()).toMatchObject({ verified: true });
  });

  test('to another request is none', async () => {
    const { id } = await client.opened();
    expect((await client.answer(id, presentation)).json()).toMatchObject({
      ...{ verified: false, reason: 'wrong_request' },
    });
  });

  test('too late is none', async () => {
    const { id, token } = await askedAgain();
    now += 8 * 86_400;
    try {
      const answer = await client.answer(id, presentation);
      expect(answer.json()).toMatchObject({ status: 410, code: 'request.expired' });
      expect((await client.verdict(id, token)).json()).toMatchObject({ state: 'expired' });
    } finally {
      now -= 8 * 86_400;
    }
  });

  test.each<[string, unknown, string]>([
    ['no object', [], 'http.bad_request'],
    ['no JSON', '{', 'presentation.malformed'],
    ['null', 'null', 'presentation.malformed'],
    ['empty', {}, 'presentation.malformed'],
    ['another id', { request_2: [{}] }, 'presentation.malformed'],
    ['two for one id', { request_1: [{}, {}] }, 'presentation.malformed'],
    ['half a presentation', { format: 'canbao/presentation@1' }, 'presentation.malformed'],
  ])('that is %s is malformed', async (_, token, code) => {
    const { id } = await client.opened();
    expect((await client.answer(id, token)).json()).toMatchObject({ status: 400, code });
  });

  test('with another state is refused', async () => {
    const { id } = await askedAgain();
    const answer = await client.answer(id, presentation, { state: asked.id });
    expect(answer.json()).toMatchObject({ status: 400, code: 'request.wrong_state' });
  });
});

describe('of 1,000 answers at once', () => {
  test.each([true, false])(
    'one wins; once a person: %s',
    async (once) => {
      const { id, token } = await askedAgain({ policy: { once } });
      const replies = await Promise.all(
        Array.from({ length: 1000 }, () => client.answer(id, presentation)),
      );
      const bodies = replies.map((reply) => reply.json());
      expect(bodies.filter(({ verified }) => verified)).toHaveLength(1);
      expect(bodies.filter(({ code }) => code === 'request.answered')).toHaveLength(999);
      expect((await client.verdict(id, token)).json()).toMatchObject({ state: 'answered' });
    },
    180_000,
  );
});

test('once a person: the same holder counts no second time', async () => {
  await sql`delete from spent_nullifier`.execute(canbao.service.db);
  const [first, second] = [
    await askedAgain({ policy: { once: true } }),
    await askedAgain({ policy: { once: true } }),
  ];
  expect((await client.answer(first.id, falsified())).json()).toMatchObject({ verified: false });
  expect((await client.answer(first.id, presentation)).json()).toMatchObject({ verified: true });
  expect((await client.answer(second.id, presentation)).json()).toMatchObject({
    ...{ verified: false, reason: 'nullifier_spent' },
  });
  expect((await client.verdict(second.id, second.token)).json()).toMatchObject({ state: 'open' });
});

test('once a person: who comes second has spent nothing', async () => {
  const { db } = canbao.service;
  await sql`delete from spent_nullifier`.execute(db);
  const question = parseAnyRequest(asked.request, statementRegistry);
  const other = await present(canbao, 'moved-cities', question);
  for (let i = 0; i < 10; i++) {
    const { id } = await askedAgain({ policy: { once: true } });
    const both = [presentation, other];
    const bodies = await Promise.all(
      both.map(async (one) => (await client.answer(id, one)).json()),
    );
    const winners = both.filter((_, place) => bodies[place].verified);
    expect(winners).toHaveLength(1);
    const spent = await db.selectFrom('spent_nullifier').select('nullifier').execute();
    expect(
      spent.map(({ nullifier }) => BigInt(`0x${Buffer.from(nullifier).toString('hex')}`)),
    ).toEqual(winners.map(({ nullifier }) => BigInt(nullifier)));
    await sql`delete from spent_nullifier`.execute(db);
  }
}, 60_000);

describe('several things at once', () => {
  const asks = [pensionAsk(), pensionAsk(7n)];
  /** As OpenID4VP has it: a presentation for each id. */
  const byIds = (set: PresentationSetJson) =>
    Object.fromEntries(
      set.proofs.map(({ index, proof }) => [
        `request_${index + 1}`,
        [
          {
            ...{ format: 'canbao/presentation@1', request: set.requestSet.requests[index] },
            ...{ epochRoot: set.epochRoot, nullifier: set.nullifier, proof },
          },
        ],
      ]),
    );

  test('all of them', async () => {
    const opened = await client.opened({ asks });
    const set = await proven<PresentationSetJson>(opened);
    const { request_1, request_2 } = byIds(set);
    const half = await client.answer(opened.id, { request_1 });
    expect(half.json()).toMatchObject({ verified: false, reason: 'incomplete' });
    const swapped = { request_1: request_2, request_2: request_1 };
    expect((await client.answer(opened.id, swapped)).json()).toMatchObject({
      ...{ verified: false, reason: 'wrong_request' },
    });
    const another = structuredClone({ request_1, request_2 });
    Object.assign(another.request_2?.[0] ?? {}, { proof: request_1?.[0]?.proof });
    expect((await client.answer(opened.id, another)).json()).toMatchObject({
      ...{ verified: false, reason: 'invalid_proof' },
    });
    const again = await askedAgain({ asks }, opened);
    for (const [{ id, token }, vpToken] of [
      [opened, { request_1, request_2 }],
      [again, set],
    ] as const) {
      expect((await client.answer(id, vpToken)).json()).toMatchObject({ verified: true });
      expect((await client.verdict(id, token)).json().verdict).toMatchObject({
        ...{ mode: 'all', requests: 2, answers: [{ verified: true }, { verified: true }] },
      });
    }
  }, 60_000);

  test('any of them', async () => {
    // 2021 has twelve months: the first cannot be shown.
    const opened = await client.opened({ asks: [pensionAsk(13n), pensionAsk()], mode: 'any' });
    const set = await proven<PresentationSetJson>(opened);
    expect((await client.answer(opened.id, presentation)).json()).toMatchObject({
      ...{ verified: false, reason: 'wrong_request' },
    });
    expect((await client.answer(opened.id, byIds(set))).json()).toMatchObject({ verified: true });
    expect((await client.verdict(opened.id, opened.token)).json().verdict).toMatchObject({
      ...{ mode: 'any', requests: 2, answers: [{ index: 1, verified: true }] },
    });
  }, 60_000);
});

describe('where the browser that answered goes on', () => {
  const redirectUri = `${ORIGIN}/done?case=7`;
  const answered = async () => {
    const opened = await askedAgain({ redirectUri });
    const { redirect_uri } = (await client.answer(opened.id, presentation)).json();
    return { ...opened, redirected: new URL(redirect_uri) };
  };

  test('it takes a fresh code along, and the verdict is read with that and the token', async () => {
    const [one, two] = [await answered(), await answered()];
    const code = one.redirected.hash.replace('#response_code=', '');
    expect(one.redirected.href).toBe(`${redirectUri}#response_code=${code}`);
    expect(code).toMatch(/^[\w-]{43}$/);
    expect(two.redirected.hash).not.toBe(one.redirected.hash);
    expect((await client.verdict(one.id, one.token, code)).json()).toMatchObject({
      verdict: { verified: true },
    });
  });

  test('who asked and lured another into answering learns nothing', async () => {
    const [one, two] = [await answered(), await answered()];
    const other = two.redirected.hash.replace('#response_code=', '');
    for (const guess of [undefined, '', 'x', other, one.token]) {
      const answer = await client.verdict(one.id, one.token, guess);
      expect(answer.json()).toMatchObject({ status: 403, code: 'request.wrong_response_code' });
    }
    const code = one.redirected.hash.replace('#response_code=', '');
    const untokened = await client.verdict(one.id, two.token, code);
    expect(untokened.json()).toMatchObject({ status: 401, code: 'request.wrong_token' });
  });

  test('a false answer gets no code', async () => {
    const { id } = await askedAgain({ redirectUri });
    expect((await client.answer(id, falsified())).json()).not.toHaveProperty('redirect_uri');
  });
});

test('nobody learns who answered, and no proof is kept', async () => {
  const { service, holder, logged } = canbao;
  const { store, pepper } = service.bureau;
  const { idNumber, name, keys } = holder(HOLDER);
  const epoch = await latestEpoch(store);
  if (!epoch) throw new Error('no month is closed');
  const statement = coverageStatement();
  const hash = await wasmPoseidon();
  const opening = await openingByIdNumber(store, { idNumber, pepper }, epoch, hash);
  const request = parseRequest(asked.request, statementRegistry);
  const signals = requestSignals(request, statement);
  const { epochRoot, scope, requestHash, params, ...inputs } = circuitInputs({
    ...{ opening, holderKeys: keys, request: signals },
    signature: signPoseidon(keys, signals.requestHash),
    own: statementSignals(statement, opening, request.params),
  });
  const flat = (value: SignalValue): string[] =>
    typeof value === 'bigint' ? [`${value}`] : value.flatMap(flat);
  const secrets = [idNumber, name, `${keys.scalar}`, ...Object.values(inputs).flatMap(flat)];
  const long = secrets.filter((text) => text.length >= 9 || text === name);
  expect(long.length).toBeGreaterThan(50);

  const rows = await service.db.selectFrom('presentation_request').selectAll().execute();
  const kept = JSON.stringify(rows);
  const told = { answers: answers.join('\n'), logged: logged.join('\n'), kept };
  expect(told.answers.includes(presentation.nullifier)).toBe(true);
  expect(told.logged.includes('/response')).toBe(true);
  for (const [where, text] of Object.entries(told)) {
    for (const secret of long) expect(text.includes(secret), where).toBe(false);
    expect(text.includes(presentation.proof.a[0]), where).toBe(false);
    expect(text.includes('response_code='), where).toBe(where === 'answers');
  }
  expect(told.logged.includes(asked.token)).toBe(false);
});
