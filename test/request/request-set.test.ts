import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { encodeAnyRequest, parseAnyRequest, requestsOf } from '../../src/request/any-request.ts';
import { decodePresentationSet } from '../../src/request/presentation-set.ts';
import { scopeOf } from '../../src/request/request-hash.ts';
import {
  encodeRequestSet,
  parseRequestSet,
  type RequestSetJson,
  sameRequestSet,
} from '../../src/request/request-set.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { sampleRequest } from '../support/request.ts';
import { asks, sampleRequestSet } from '../support/request-set.ts';

const code = (expected: string, facts = {}) =>
  expect.objectContaining({ code: expected, facts: expect.objectContaining(facts) });
const set = sampleRequestSet();
const file = (): RequestSetJson => JSON.parse(JSON.stringify(encodeRequestSet(set)));
const parse = (json: unknown) => parseRequestSet(json, statementRegistry);
const same = (other: typeof set) => sameRequestSet(set, other, statementRegistry);

test('a set reads back, and as a file of either kind', () => {
  expect(parse(file())).toEqual(set);
  expect(parseAnyRequest(file(), statementRegistry)).toEqual(set);
  const single = sampleRequest();
  expect(parseAnyRequest(encodeAnyRequest(single), statementRegistry)).toEqual(single);
  expect(requestsOf(single)).toEqual([single]);
  expect(requestsOf(set)).toEqual(set.requests);
});

test('one scope, and a nonce for each', () => {
  const scopes = set.requests.map(({ audience, purpose }) => scopeOf(audience, purpose));
  expect(new Set(scopes).size).toBe(1);
  expect(new Set(set.requests.map(({ nonce }) => nonce)).size).toBe(2);
});

test('a statement may be asked twice with other params', () => {
  const twice = sampleRequestSet({ asks: [asks.coverage, asks.tooLong] });
  expect(twice.requests.map(({ statement }) => statement)).toEqual(['coverage@1', 'coverage@1']);
});

describe('refused when made', () => {
  test.each<[string, Parameters<typeof sampleRequestSet>[0], string]>([
    ['one request', { asks: [asks.coverage] }, 'request_set.malformed'],
    ['none', { asks: [] }, 'request_set.malformed'],
    [
      'nine',
      {
        asks: Array.from({ length: 9 }, (_, i) => ({
          ...asks.coverage,
          params: { ...asks.coverage.params, minMonths: BigInt(i + 1) },
        })),
      },
      'request_set.malformed',
    ],
    ['a person and an employer', { asks: [asks.coverage, asks.employer] }, 'request_set.mixed'],
    ['the same twice', { asks: [asks.coverage, asks.coverage] }, 'request_set.repeated'],
    ['a bad audience', { audience: 'http://example.org' }, 'request.bad_audience'],
  ])('%s', (_, change, expected) => {
    expect(() => sampleRequestSet(change)).toThrow(code(expected));
  });
});

describe('refused when read', () => {
  const [first, second] = file().requests;
  if (!first || !second) throw new Error('two requests');
  const withSecond = (change: object) => ({
    ...file(),
    requests: [first, { ...second, ...change }],
  });
  test.each<[string, unknown, string, object]>([
    ['another version', { ...file(), format: 'canbao/request-set@2' }, 'request_set.malformed', {}],
    ['another mode', { ...file(), mode: 'most' }, 'request_set.malformed', {}],
    ['a field too many', { ...file(), scope: '1' }, 'request_set.malformed', {}],
    ['requests that are none', { ...file(), requests: [1, 2] }, 'request.malformed', {}],
    [
      'another audience',
      withSecond({ audience: 'https://other.example' }),
      'request_set.differs',
      { field: 'audience', number: 2 },
    ],
    ['another purpose', withSecond({ purpose: 'x' }), 'request_set.differs', { field: 'purpose' }],
    [
      'another expiry',
      withSecond({ expiresAt: second.expiresAt + 1 }),
      'request_set.differs',
      { field: 'expiresAt' },
    ],
    [
      'another chain',
      withSecond({ domain: { ...second.domain, chainId: 1 } }),
      'request_set.differs',
      { field: 'domain' },
    ],
    [
      'a nonce twice',
      withSecond({ nonce: first.nonce }),
      'request_set.repeated',
      { what: 'nonce' },
    ],
    [
      'a question twice',
      { ...file(), requests: [first, { ...first, nonce: second.nonce }] },
      'request_set.repeated',
      { what: 'question', number: 2 },
    ],
    ['an unknown statement', withSecond({ statement: 'coverage@9' }), 'statement.unknown', {}],
  ])('%s', (_, json, expected, facts) => {
    expect(() => parse(json)).toThrow(code(expected, facts));
  });
});

test('the same set is the same in mode, order and nonces', () => {
  expect(same(parse(file()))).toBe(true);
  expect(same({ ...set, mode: 'any' })).toBe(false);
  expect(same({ ...set, requests: set.requests.toReversed() })).toBe(false);
  expect(same({ ...set, requests: set.requests.slice(0, 1) })).toBe(false);
  expect(same(sampleRequestSet())).toBe(false);
});

test('whatever the input, the answer is a coded error', () => {
  const answer = { format: 'canbao/presentation-set@1', requestSet: file() };
  const decoders = [
    [parse, file()],
    [(json: unknown) => parseAnyRequest(json, statementRegistry), file()],
    [(json: unknown) => decodePresentationSet(json, statementRegistry), answer],
  ] as const;
  fc.assert(
    fc.property(
      fc.anything(),
      fc.constantFrom(...decoders),
      fc.nat(),
      (value, [decode, own], at) => {
        const fields = [...Object.keys(own), 'proofs', 'epochRoot'];
        const field = fields[at % fields.length] ?? '';
        for (const json of [value, { ...own, [field]: value }]) {
          try {
            decode(json);
          } catch (error) {
            expect(error).toBeInstanceOf(CanbaoError);
          }
        }
      },
    ),
    { numRuns: 1000 },
  );
});
