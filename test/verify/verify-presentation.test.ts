import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { COORDINATE_ORDER } from '../../src/groth16/points.ts';
import {
  encodePresentation,
  type Presentation,
  type PresentationJson,
} from '../../src/request/presentation.ts';
import type { VerifierPorts } from '../../src/verify/ports.ts';
import {
  DEFAULT_MAX_STALENESS_SECONDS,
  type Expectation,
  verifyPresentation,
} from '../../src/verify/verify-presentation.ts';
import { coverageKeys, samplePorts, samplePresentation } from '../support/presentation.ts';
import { NOW, sampleRequest } from '../support/request.ts';

let presentation: Presentation;
let ports: VerifierPorts;

beforeAll(async () => {
  presentation = await samplePresentation();
  ports = samplePorts();
}, 180_000);

const file = () => JSON.parse(JSON.stringify(encodePresentation(presentation))) as PresentationJson;
const verify = (
  input: unknown,
  expectation: Expectation = {},
  other: Partial<VerifierPorts> = {},
) => verifyPresentation(input, { ...ports, ...other }, expectation);
const reasonOf = async (...args: Parameters<typeof verify>) => (await verify(...args)).reason;

test('an honest presentation is valid, as a file and as an object', async () => {
  const { request, nullifier, epochRoot } = presentation;
  const { statement, params, audience, purpose, expiresAt } = request;
  for (const input of [file(), presentation]) {
    expect(await verify(input, { request })).toMatchObject({
      ...{ valid: true, reason: 'valid', audienceChecked: true },
      ...{ statement, params, audience, purpose, expiresAt, nullifier, epochRoot },
      ...{ keyStatus: 'development', contributions: 0 },
      epoch: { month: 1520, revision: 0, publishedAt: NOW - 86_400 },
    });
  }
});

test('without an expectation it is valid, and says that nobody checked the audience', async () => {
  expect(await verify(file())).toMatchObject({ valid: true, audienceChecked: false });
});

describe('request', () => {
  test('another copy, by as little as its nonce', async () => {
    const request = sampleRequest({ nonce: `0x${'0c'.repeat(32)}` });
    expect(await reasonOf(file(), { request })).toBe('wrong_request');
  });

  test('another audience', async () => {
    expect(await reasonOf(file(), { audience: 'https://other.example' })).toBe('wrong_audience');
    expect(await reasonOf(file(), { audience: presentation.request.audience })).toBe('valid');
  });

  test('another chain or registry', async () => {
    const { domain } = presentation.request;
    const upper = `0x${'1A'.repeat(20)}` as const;
    expect(await reasonOf(file(), { domain: { ...domain, verifyingContract: upper } })).toBe(
      'valid',
    );
    expect(await reasonOf(file(), { domain: { ...domain, chainId: 1 } })).toBe('wrong_request');
    const other = { ...domain, verifyingContract: `0x${'2b'.repeat(20)}` as const };
    expect(await reasonOf(file(), { domain: other })).toBe('wrong_request');
  });

  test('expired from its last second on', async () => {
    const { expiresAt } = presentation.request;
    expect(await reasonOf(file(), {}, { clock: () => expiresAt - 1 })).toBe('valid');
    expect(await reasonOf(file(), {}, { clock: () => expiresAt })).toBe('expired');
  });

  test.each<[string, Partial<PresentationJson['request']>]>([
    ['audience', { audience: 'https://other.example' }],
    ['purpose', { purpose: 'x' }],
    ['nonce', { nonce: `0x${'0c'.repeat(32)}` }],
    ['expiry', { expiresAt: NOW + 9999 }],
    ['domain', { domain: { chainId: 1, verifyingContract: `0x${'1a'.repeat(20)}` } }],
  ])('a changed %s breaks the proof', async (_, change) => {
    const json = file();
    const forged = { ...json, request: { ...json.request, ...change } };
    expect(await reasonOf(forged)).toBe('invalid_proof');
  });

  test('lower params break the proof', async () => {
    const json = file();
    json.request.params = { ...json.request.params, minMonths: '11' };
    expect(await reasonOf(json)).toBe('invalid_proof');
  });

  test('an unknown statement', async () => {
    const json = file();
    json.request.statement = 'coverage@9';
    expect(await reasonOf(json)).toBe('unknown_statement');
  });
});

describe('signals and proof', () => {
  test('another nullifier or another root', async () => {
    expect(await reasonOf({ ...file(), nullifier: '1' })).toBe('invalid_proof');
    expect(await reasonOf({ ...file(), epochRoot: '1' })).toBe('unknown_root');
    expect(await reasonOf({ ...file(), epochRoot: '0' })).toBe('unknown_root');
  });

  test('a published root the proof is not about', async () => {
    const anyRoot = { lookup: async () => ({ month: 1520, revision: 0, publishedAt: 1 }) as never };
    expect(await reasonOf({ ...file(), epochRoot: '1' }, {}, { epochs: anyRoot })).toBe(
      'invalid_proof',
    );
  });

  test.each<[string, (json: PresentationJson) => unknown]>([
    ['nullifier plus r', (p) => ({ ...p, nullifier: String(BigInt(p.nullifier) + FIELD_ORDER) })],
    ['root plus r', (p) => ({ ...p, epochRoot: String(BigInt(p.epochRoot) + FIELD_ORDER) })],
    [
      'coordinate plus q',
      (p) => ({
        ...p,
        proof: { ...p.proof, a: [String(BigInt(p.proof.a[0]) + COORDINATE_ORDER), p.proof.a[1]] },
      }),
    ],
    ['hexadecimal', (p) => ({ ...p, nullifier: `0x${BigInt(p.nullifier).toString(16)}` })],
    ['a leading zero', (p) => ({ ...p, nullifier: `0${p.nullifier}` })],
    ['a number', (p) => ({ ...p, nullifier: Number(p.nullifier) })],
    ['an extra signal', (p) => ({ ...p, scope: '1' })],
    ['a missing part', ({ proof: _, ...p }) => p],
    ['an extra coordinate', (p) => ({ ...p, proof: { ...p.proof, c: [...p.proof.c, '1'] } })],
    ['another version', (p) => ({ ...p, format: 'canbao/presentation@2' })],
  ])('%s is malformed', async (_, edit) => {
    expect(await verify(edit(file()))).toMatchObject({ valid: false, reason: 'malformed' });
  });

  test('each coordinate changed, it is an invalid proof', async () => {
    const add = (text: string) => String((BigInt(text) + 1n) % COORDINATE_ORDER);
    const { a, b, c } = file().proof;
    for (const change of [
      { a: [add(a[0]), a[1]] },
      { a: [a[0], add(a[1])] },
      { b: [[add(b[0][0]), b[0][1]], b[1]] },
      { b: [[b[0][0], add(b[0][1])], b[1]] },
      { b: [b[0], [add(b[1][0]), b[1][1]]] },
      { b: [b[0], [b[1][0], add(b[1][1])]] },
      { c: [add(c[0]), c[1]] },
      { c: [c[0], add(c[1])] },
      { a: c, c: a },
      { a: ['0', '0'] },
    ]) {
      const json = file();
      expect(await reasonOf({ ...json, proof: { ...json.proof, ...change } })).toBe(
        'invalid_proof',
      );
    }
  });
});

describe('epoch', () => {
  const at = (status: Parameters<typeof samplePorts>[0], expectation: Expectation = {}) =>
    reasonOf(file(), expectation, { epochs: samplePorts(status).epochs });

  test('freshness counts from when the root was superseded, not from its publication', async () => {
    expect(await at({ publishedAt: 1 })).toBe('valid');
    expect(await at({ supersededAt: NOW - DEFAULT_MAX_STALENESS_SECONDS })).toBe('valid');
    expect(await at({ supersededAt: NOW - DEFAULT_MAX_STALENESS_SECONDS - 1 })).toBe('superseded');
  });

  test('the verifier may be stricter or more patient', async () => {
    expect(await at({ supersededAt: NOW - 11 }, { maxStalenessSeconds: 10 })).toBe('superseded');
    expect(await at({ supersededAt: NOW - 1 }, { maxStalenessSeconds: 0 })).toBe('superseded');
    expect(await at({ supersededAt: 1 }, { maxStalenessSeconds: Infinity })).toBe('valid');
  });

  test('a corrected month counts only where the verifier says so', async () => {
    const status = { correctedAt: NOW - 5, supersededAt: NOW - 5 };
    expect(await at(status)).toBe('corrected');
    expect(await at(status, { acceptCorrected: true })).toBe('valid');
  });

  test('the verdict tells how old it is, accepted or not', async () => {
    const of = async (status: Parameters<typeof samplePorts>[0], expectation: Expectation = {}) =>
      verify(file(), expectation, { epochs: samplePorts(status).epochs });
    const days = (count: number) => count * 86_400;
    const current = await of({});
    expect(current).not.toHaveProperty('supersededFor');
    expect(current).not.toHaveProperty('correctedFor');
    const old = { supersededAt: NOW - days(40) };
    expect(await of(old)).toMatchObject({ reason: 'superseded', supersededFor: days(40) });
    const patient = { maxStalenessSeconds: days(60) };
    expect(await of(old, patient)).toMatchObject({ valid: true, supersededFor: days(40) });
    const corrected = { supersededAt: NOW - days(40), correctedAt: NOW - days(2) };
    expect(await of(corrected, patient)).toMatchObject({
      ...{ valid: false, reason: 'corrected' },
      ...{ supersededFor: days(40), correctedFor: days(2) },
    });
    expect(await of(corrected, { ...patient, acceptCorrected: true })).toMatchObject({
      ...{ valid: true, supersededFor: days(40), correctedFor: days(2) },
    });
    // Accepting a correction does not make it fresh.
    expect(await of(corrected, { acceptCorrected: true })).toMatchObject({ reason: 'superseded' });
    // The chain's clock may be ahead.
    expect(await of({ supersededAt: NOW + 9 })).toMatchObject({ valid: true, supersededFor: 0 });
  });

  test('a register that cannot be reached is a fault, not a verdict', async () => {
    const lookup = () => Promise.reject(new CanbaoError('chain.unreachable', { url: 'x' }));
    await expect(verify(file(), {}, { epochs: { lookup } })).rejects.toThrow('does not answer');
  });
});

describe('nullifier', () => {
  test('is spent once, and only by a presentation that is valid otherwise', async () => {
    const spent = new Set<bigint>();
    const nullifiers = {
      spend: async (nullifier: bigint) => !spent.has(nullifier) && !!spent.add(nullifier),
    };
    expect(await reasonOf({ ...file(), nullifier: '1' }, {}, { nullifiers })).toBe('invalid_proof');
    expect(spent.size).toBe(0);
    expect(await reasonOf(file(), {}, { nullifiers })).toBe('valid');
    expect(await reasonOf(file(), {}, { nullifiers })).toBe('nullifier_spent');
  });
});

describe('key', () => {
  test('a development key is refused in production', async () => {
    expect(await verify(file(), { production: true })).toMatchObject({
      reason: 'key_refused',
      detail: { code: 'key.development_refused' },
    });
  });

  test('one the manifest does not name, or that is unsafe, is refused', async () => {
    const { verificationKey: key, entry } = await coverageKeys();
    const cases = [
      [{ ...key, alpha: key.ic[0] ?? key.alpha }, 'key.hash_mismatch'],
      [{ ...key, gamma: key.delta }, 'key.unsafe'],
    ] as const;
    for (const [verificationKey, code] of cases) {
      const keys = { get: () => ({ verificationKey, entry }) };
      expect(await verify(file(), {}, { keys })).toMatchObject({
        reason: 'key_refused',
        detail: { code },
      });
    }
  });

  test('none at all is refused; a store that fails is a fault', async () => {
    const unknown = () => Promise.reject(new CanbaoError('key.unknown', { statement: 'x' }));
    expect(await reasonOf(file(), {}, { keys: { get: unknown } })).toBe('key_refused');
    const broken = () => Promise.reject(new Error('disk'));
    await expect(verify(file(), {}, { keys: { get: broken } })).rejects.toThrow('disk');
  });
});

describe('never throws', () => {
  test('whatever the input', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withBigInt: true }), async (input) => {
        expect((await verify(input)).valid).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever stands in one place of an honest file', async () => {
    const json = file();
    const paths = pathsOf(json);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.anything(), async (path, value) => {
        const verdict = await verify(replaceAt(file(), path, value));
        // params may be written as numbers: what reads as the same file stays valid.
        if (verdict.valid) expect(verdict.nullifier).toBe(presentation.nullifier);
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  test('an object that fails when it is read', async () => {
    const hostile = {
      get format(): string {
        throw new Error('no');
      },
    };
    expect(await reasonOf(hostile)).toBe('malformed');
  });
});

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function replaceAt(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const fields = copy as Record<string, unknown>;
  fields[key] = replaceAt(fields[key], rest, by);
  return copy;
}
