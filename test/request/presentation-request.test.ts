import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { assertAudience, assertPurpose } from '../../src/request/audience.ts';
import {
  createRequest,
  encodeRequest,
  parseRequest,
} from '../../src/request/presentation-request.ts';
import type { PresentationRequestJson } from '../../src/request/request-format.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { coverageStatement, sampleParams, sampleRequest } from '../support/request.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const file = (change: Partial<Record<keyof PresentationRequestJson, unknown>> = {}) => ({
  ...JSON.parse(JSON.stringify(encodeRequest(sampleRequest()))),
  ...change,
});
const parse = (json: unknown) => parseRequest(json, statementRegistry);

test('a request reads back, whether params are text or numbers', () => {
  expect(parse(file())).toEqual(sampleRequest());
  const numbers = Object.fromEntries(
    Object.entries(sampleParams).map(([name, value]) => [name, Number(value)]),
  );
  expect(parse(file({ params: numbers }))).toEqual(sampleRequest());
});

test('a nonce is fresh unless given', () => {
  const { nonce: given, ...rest } = sampleRequest();
  const fresh = () => createRequest({ ...rest, statement: coverageStatement() }).nonce;
  const nonces = [given, fresh(), fresh()];
  expect(new Set(nonces).size).toBe(3);
  for (const nonce of nonces) expect(nonce).toMatch(/^0x[0-9a-f]{64}$/);
});

test('an address in any case is one domain', () => {
  const { domain } = file();
  const upper = { ...domain, verifyingContract: `0x${'1A'.repeat(20)}` };
  expect(parse(file({ domain: upper })).domain).toEqual(domain);
});

describe('malformed', () => {
  test.each<[string, unknown]>([
    ['another version', file({ format: 'canbao/request@2' })],
    ['derived fields', { ...file(), scope: '1' }],
    ['a short nonce', file({ nonce: '0x01' })],
    ['a nonce in upper case', file({ nonce: `0x${'0B'.repeat(32)}` })],
    ['a fractional expiry', file({ expiresAt: 1.5 })],
    ['a negative expiry', file({ expiresAt: -1 })],
    ['an expiry beyond exact numbers', file({ expiresAt: 2 ** 60 })],
    ['a statement without version', file({ statement: 'coverage' })],
    ['a negative param', file({ params: { ...file().params, minMonths: -1 } })],
    ['a param in hexadecimal', file({ params: { ...file().params, minMonths: '0x1' } })],
    ['a param with a leading zero', file({ params: { ...file().params, minMonths: '012' } })],
    ['a param of 254 bits', file({ params: { ...file().params, minMonths: String(2n ** 253n) } })],
    ['a chain of no id', file({ domain: { ...file().domain, chainId: 0 } })],
    ['a short address', file({ domain: { ...file().domain, verifyingContract: '0x00' } })],
    ['nothing', null],
  ])('%s', (_, json) => {
    expect(() => parse(json)).toThrow(code('request.malformed'));
  });
});

describe('params', () => {
  const { minMonths: _, ...missing } = file().params;
  test.each<[string, Record<string, unknown>]>([
    ['one is missing', missing],
    ['one is unknown', { ...file().params, extra: '1' }],
    ['one is inherited', { ...missing, constructor: '1' }],
    ['one is above its range', { ...file().params, insurance: 5 }],
    ['one is below its range', { ...file().params, minMonths: 0 }],
    ['one is wider than its bits', { ...file().params, maxLateMonths: 1024 }],
    ['a negative number modulo r', { ...file().params, minMonths: String(2n ** 252n) }],
  ])('refused where %s', (_, params) => {
    expect(() => parse(file({ params }))).toThrow(code('statement.bad_params'));
  });

  test('of an unknown statement', () => {
    expect(() => parse(file({ statement: 'coverage@2' }))).toThrow(code('statement.unknown'));
    expect(() => parse(file({ statement: 'constructor@1' }))).toThrow(code('statement.unknown'));
  });
});

describe('audience', () => {
  test.each([
    'https://example.org',
    'https://example.org:8443',
    'https://xn--fiqs8s.example',
    'http://localhost',
    'http://localhost:8080',
    `eip155:1337:0x${'ab'.repeat(20)}`,
  ])('%s is accepted', (audience) => {
    expect(parse(file({ audience })).audience).toBe(audience);
  });

  test.each([
    'http://example.org',
    'http://localhost.example.org',
    'http://127.0.0.1',
    'https://example.org/',
    'https://example.org/path',
    'https://example.org:443',
    'https://EXAMPLE.org',
    'https://user@example.org',
    'https://中国.example',
    ' https://example.org',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'null',
    '',
    `eip155:1337:0x${'AB'.repeat(20)}`,
    `eip155:01:0x${'ab'.repeat(20)}`,
    `eip155:1337:0x${'ab'.repeat(19)}`,
    `https://${'a'.repeat(300)}.example`,
  ])('%s is refused', (audience) => {
    expect(() => parse(file({ audience }))).toThrow(code('request.bad_audience'));
  });
});

describe('purpose', () => {
  test.each(['x', '租房补贴 2026', 'a'.repeat(120), '𠮷'.repeat(120)])(
    '%s is accepted',
    (purpose) => {
      expect(parse(file({ purpose })).purpose).toBe(purpose);
    },
  );

  test.each([
    ['empty', ''],
    ['a colon', 'a:b'],
    ['too long', 'a'.repeat(121)],
    ['a line break', 'a\nb'],
    ['a zero byte', 'a\0b'],
    ['text turned around', 'a\u202eb'],
    ['an invisible character', 'a\u200bb'],
    ['half a character', '\ud800'],
    ['decomposed', 'e\u0301'],
    ['space at the end', 'a '],
  ])('%s is refused', (_, purpose) => {
    expect(() => parse(file({ purpose }))).toThrow(code('request.bad_purpose'));
  });

  test('no two pairs of audience and purpose write the same text', () => {
    const accepted = (assert: (text: string) => void) => (text: string) => {
      try {
        assert(text);
        return true;
      } catch {
        return false;
      }
    };
    const audience = fc
      .oneof(
        fc.webUrl().map((url) => new URL(url).origin),
        fc.string(),
      )
      .filter(accepted(assertAudience));
    const purpose = fc.string({ unit: 'grapheme' }).filter(accepted(assertPurpose));
    fc.assert(
      fc.property(audience, purpose, (a, p) => {
        const text = `${a}:${p}`;
        const cut = text.lastIndexOf(':');
        expect([text.slice(0, cut), text.slice(cut + 1)]).toEqual([a, p]);
      }),
    );
  });
});

test('whatever the input, the answer is a coded error', () => {
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...Object.keys(file())), (value, field) => {
      expect(() => parse(value)).toThrow(CanbaoError);
      try {
        parse(file({ [field]: value }));
      } catch (error) {
        expect(error).toBeInstanceOf(CanbaoError);
      }
    }),
    { numRuns: 500 },
  );
});
