import { sha256 } from '@noble/hashes/sha2.js';
import { base32nopad } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toEpochRoot, toNullifier } from '../../src/core/brands.ts';
import { toFen } from '../../src/core/money.ts';
import { monthIndex } from '../../src/core/month.ts';
import { COORDINATE_ORDER, g2Words } from '../../src/groth16/points.ts';
import type { Groth16Proof } from '../../src/groth16/proof.ts';
import { parseCreditCode } from '../../src/ledger/employer.ts';
import { parseRegion } from '../../src/ledger/region.ts';
import { type AnyPresentation, isPresentationSet } from '../../src/request/any-request.ts';
import { createAnyRequest } from '../../src/request/create-any.ts';
import type { Presentation } from '../../src/request/presentation.ts';
import {
  CODE_PREFIX,
  decodePresentationCodes,
  encodePresentationCodes,
  isPresentationCode,
  MAX_CODE_LENGTH,
  readPresentationCode,
} from '../../src/request/presentation-code.ts';
import { presetQuestion } from '../../src/statements/preset-question.ts';
import { allPresets, statementRegistry } from '../../src/statements/registry.ts';
import { setPresets } from '../../src/statements/set-presets.ts';
import { seededRandom } from '../support/random.ts';
import { sampleRequest } from '../support/request.ts';
import { sampleDomain, sampleRequestSet } from '../support/request-set.ts';
import { simulatedClaim, trapdoorKey } from '../support/simulated-claim.ts';
import { vectorsOf } from '../support/vectors.ts';

const random = seededRandom('presentation codes');
const key = trapdoorKey(random);
/** Points of the groups, as a real proof's; some are drawn once, for they cost. */
const proofs = Array.from({ length: 8 }, () => simulatedClaim(key, random).proof);
const proofOf = (i: number) => proofs[i % proofs.length] as Groth16Proof;
const signals = () => ({
  epochRoot: toEpochRoot(random.fr()),
  nullifier: toNullifier(random.fr()),
});
const answer = (request = sampleRequest(), i = 0): Presentation => ({
  request,
  ...signals(),
  proof: proofOf(i),
});
const encode = (presentation: AnyPresentation) =>
  encodePresentationCodes(presentation, statementRegistry);
const decode = (codes: readonly string[]) => decodePresentationCodes(codes, statementRegistry);
const malformed = expect.objectContaining({ code: 'presentation.malformed' });

/** Of https origins and purposes as long as people give them, and longer. */
const LONG_AUDIENCE = `https://${'shebao'.repeat(7)}.xiamen.example.gov.cn`;
const LONG_PURPOSE =
  '二〇二六年度厦门市公共租赁住房租金补贴申请人及其家庭成员参加基本养老保险连续缴费情况核验';

test.each(statementRegistry.all().map((statement) => [statement.name, statement] as const))(
  'answers to every vector of %s read back from one code',
  (_, statement) => {
    for (const [i, { params }] of vectorsOf(statement).entries()) {
      const presentation = answer(sampleRequest({ statement, params }), i);
      const codes = encode(presentation);
      expect(decode(codes)).toEqual(presentation);
      expect(codes).toHaveLength(1);
    }
  },
);

/** Everything a preset may need. */
const input = {
  asOf: monthIndex(2026, 10),
  insurance: 'pension',
  region: parseRegion('350203'),
  employer: parseCreditCode('91350200M0001AAA3H'),
  onMonth: monthIndex(2026, 9),
  minMonths: 120,
  averageWageFen: toFen(800_000),
  minBaseFen: toFen(500_000),
  maxBaseFen: toFen(900_000),
  minPeople: 1000,
  identityBefore: monthIndex(2026, 1),
} as const;
const slugs = [...allPresets().map(({ preset }) => preset.slug), ...setPresets.map((s) => s.slug)];

test.each(slugs)('%s, with long names: no code above 800 letters', (slug) => {
  const { mode, asks } = presetQuestion([slug], undefined, input);
  const request = createAnyRequest({
    ...{ mode, asks, domain: sampleDomain, expiresAt: 1_900_000_000 },
    ...{ audience: LONG_AUDIENCE, purpose: LONG_PURPOSE },
  });
  const presentation: AnyPresentation =
    'requests' in request
      ? {
          requestSet: request,
          ...signals(),
          proofs: request.requests.map((_, index) => ({ index, proof: proofOf(index) })),
        }
      : answer(request);
  const codes = encode(presentation);
  expect(decode(codes)).toEqual(presentation);
  if (!isPresentationSet(presentation)) expect(codes).toHaveLength(1);
  for (const code of codes) {
    expect(code.length).toBeLessThanOrEqual(MAX_CODE_LENGTH);
    expect(code).toMatch(/^[A-Z0-9:]+$/);
  }
});

test('whatever the audience, purpose, chain and moment', () => {
  const draws = fc.record({
    label: fc.stringMatching(/^[a-z]([a-z0-9]{0,60}[a-z0-9])?$/),
    purpose: fc
      .string({ unit: 'binary', minLength: 1, maxLength: 119 })
      .map((text) => `用${text.normalize('NFC').replace(/[\p{C}\p{Z}:]/gu, '')}`),
    chainId: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    expiresAt: fc.maxSafeNat(),
    i: fc.nat({ max: 7 }),
  });
  fc.assert(
    fc.property(draws, ({ label, purpose, chainId, expiresAt, i }) => {
      const request = sampleRequest({
        domain: { ...sampleDomain, chainId },
        audience: `https://${label}.example`,
        purpose: [...purpose.normalize('NFC')].slice(0, 120).join(''),
        expiresAt,
      });
      const presentation = answer(request, i);
      expect(decode(encode(presentation))).toEqual(presentation);
    }),
    { numRuns: 60 },
  );
});

describe('several codes', () => {
  const set = sampleRequestSet({ purpose: LONG_PURPOSE });
  const presentation: AnyPresentation = {
    requestSet: set,
    ...signals(),
    proofs: [
      { index: 0, proof: proofOf(0) },
      { index: 1, proof: proofOf(1) },
    ],
  };
  const codes = encode(presentation);
  const [first = '', second = ''] = codes;

  test('say which of how many they are, and read in any order', () => {
    expect(codes.map(readPresentationCode)).toEqual([
      expect.objectContaining({ number: 1, of: 2 }),
      expect.objectContaining({ number: 2, of: 2 }),
    ]);
    expect(decode([second, first])).toEqual(presentation);
  });

  test('of an answer to one of a choice', () => {
    const chosen = {
      requestSet: sampleRequestSet({ mode: 'any' }),
      ...signals(),
      proofs: [{ index: 1, proof: proofOf(3) }],
    };
    expect(decode(encode(chosen))).toEqual(chosen);
  });

  test.each([
    ['one is missing', [first]],
    ['one is given twice', [first, first]],
    ['one too many', [first, second, second]],
    ['one is of another presentation', [first, encode({ ...presentation, ...signals() })[1] ?? '']],
    ['none', []],
  ])('refused: %s', (_, given) => {
    expect(() => decode(given)).toThrow(malformed);
  });
});

describe('damaged', () => {
  const [code = ''] = encode(answer());

  test('space around it is no damage, small letters are', () => {
    expect(decode([` ${code}\n`])).toEqual(decode([code]));
    expect(isPresentationCode(`${code}\n`)).toBe(true);
    expect(() => decode([code.toLowerCase()])).toThrow(malformed);
  });

  test('one letter changed, lost or doubled is found', () => {
    const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567 0:/');
    fc.assert(
      fc.property(fc.nat({ max: code.length - 1 }), letters, (at, letter) => {
        const [before, after] = [code.slice(0, at), code.slice(at + 1)];
        fc.pre(letter !== code[at] && !(letter === ' ' && after === ''));
        expect(() => decode([before + letter + after])).toThrow(malformed);
        expect(() => decode([before + after])).toThrow(malformed);
      }),
    );
  });

  /** Somebody who makes the checksums anew, as everybody can. */
  const forged = (change: (body: Uint8Array) => Uint8Array): string => {
    const bytes = base32nopad.decode(code.slice(CODE_PREFIX.length));
    const body = change(bytes.slice(6, -4));
    const piece = Uint8Array.of(1, 0, ...sha256(body).subarray(0, 4), ...body);
    const whole = Uint8Array.of(...piece, ...sha256(piece).subarray(0, 4));
    return CODE_PREFIX + base32nopad.encode(whole);
  };

  test('with checksums made anew: what is not itself is refused', () => {
    expect(forged((body) => body)).toBe(code);
    const at = (from: number, word: bigint) => (body: Uint8Array) => {
      const changed = body.slice();
      const index = from < 0 ? body.length + from : from;
      for (let i = 0; i < 32; i++)
        changed[index + i] = Number((word >> BigInt(248 - 8 * i)) & 255n);
      return changed;
    };
    const offCurve = [1n, 2n, 3n, 4n, 5n, 6n].find((x) => {
      const y2 = (x ** 3n + 3n) % COORDINATE_ORDER;
      return power(y2, (COORDINATE_ORDER - 1n) / 2n) !== 1n;
    });
    const changes = {
      'a coordinate not below its order': at(-128, COORDINATE_ORDER),
      'an x on no point': at(-128, offCurve ?? 0n),
      'a point outside the group of order r': at(-96, 0n),
      'a bit without meaning': at(-64, g2Words(proofOf(0).b)[1] | (1n << 255n)),
      'bytes after its end': (body: Uint8Array) => Uint8Array.of(...body, 0),
      'bytes missing': (body: Uint8Array) => body.slice(0, -1),
      'an unknown kind': (body: Uint8Array) => Uint8Array.of(7, ...body.slice(1)),
      'a longer number': (body: Uint8Array) =>
        // 31337 as 4 bytes instead of 3.
        Uint8Array.of(
          0,
          ...[body[1], body[2], (body[3] ?? 0) | 128, 0].map(Number),
          ...body.slice(4),
        ),
    };
    for (const [what, change] of Object.entries(changes)) {
      const text = forged(change);
      expect(() => decode([text]), what).toThrow(malformed);
    }
  });

  test('any bytes with checksums are read or refused, with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (body) => {
        const text = forged(() => body);
        expect(() => decode([text])).toThrow(malformed);
      }),
    );
  });
});

test('a proof whose points are none has no code', () => {
  const proof: Groth16Proof = { ...proofOf(0), a: [1n, 1n] };
  expect(() => encode({ ...answer(), proof })).toThrow(malformed);
});

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % COORDINATE_ORDER;
    square = (square * square) % COORDINATE_ORDER;
  }
  return result;
}
