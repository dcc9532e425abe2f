import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { assertArtifacts, describeArtifacts } from '../../src/groth16/artifacts.ts';
import { readSections, writeSections } from '../../src/groth16/bin-file.ts';
import {
  assertKeyUsable,
  assertVerificationKey,
  type KeyEntry,
  keyEntry,
  parseManifest,
  REQUIRED_CONTRIBUTIONS,
} from '../../src/groth16/manifest.ts';
import { G2_GENERATOR, negateG2 } from '../../src/groth16/points.ts';
import {
  assertSafeKey,
  decodeVerificationKey,
  type VerificationKey,
  type VerificationKeyJson,
  verificationKeyHash,
  verificationKeyWords,
} from '../../src/groth16/verification-key.ts';
import { readZkey, verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { type TinyCircuit, tinyCircuit } from '../support/tiny-circuit.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const development = { production: false };

let circuit: TinyCircuit;
let json: VerificationKeyJson;
let key: VerificationKey;
let entry: KeyEntry;

beforeAll(async () => {
  circuit = await tinyCircuit();
  json = verificationKeyFromZkey(circuit.zkey);
  key = decodeVerificationKey(json);
  entry = describeArtifacts(circuit, { circom2: '0.2.23' });
});

/** The zkey with one section's bytes changed. */
function withSection(id: number, edit: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const sections = readSections(circuit.zkey, 'zkey', 1);
  return writeSections(
    'zkey',
    1,
    [...sections].map(([k, bytes]) => [k, k === id ? edit(bytes.slice()) : bytes] as const),
  );
}

/** Offsets in the header: fields 72, counts 12, alpha 64, beta 64 + 128, gamma 128, delta 64 + 128. */
const GAMMA = 72 + 12 + 64 + 64 + 128;
const DELTA = GAMMA + 128 + 64;
const gammaIsDelta = () =>
  withSection(2, (header) => {
    header.set(header.slice(DELTA, DELTA + 128), GAMMA);
    return header;
  });

describe('zkey', () => {
  test('the unchanged sections make the same file', () => {
    expect(withSection(2, (header) => header)).toEqual(circuit.zkey);
  });

  test('cut anywhere, it is refused with a code', () => {
    fc.assert(
      fc.property(fc.nat(circuit.zkey.length - 1), (length) => {
        expect(() => readZkey(circuit.zkey.slice(0, length))).toThrow(code('key.bad_file'));
      }),
    );
  });

  test('with bytes appended, a section too short, another protocol or field, it is refused', () => {
    const flip = (at: number) => (bytes: Uint8Array) => bytes.with(at, (bytes[at] ?? 0) ^ 1);
    const appended = new Uint8Array(circuit.zkey.length + 1);
    appended.set(circuit.zkey);
    for (const file of [
      appended,
      circuit.wasm,
      new Uint8Array(),
      withSection(5, (bytes) => bytes.slice(64)),
      withSection(10, () => new Uint8Array(3)),
      withSection(1, flip(0)),
      withSection(2, flip(4)),
      withSection(2, flip(40)),
    ]) {
      expect(() => readZkey(file)).toThrow(code('key.bad_file'));
    }
  });

  test('gamma = delta is refused everywhere a key is taken', () => {
    const zkey = gammaIsDelta();
    const unsafe = decodeVerificationKey(verificationKeyFromZkey(zkey));
    const named = describeArtifacts({ ...circuit, zkey }, {});
    expect(() => assertSafeKey(unsafe, 'tiny@1')).toThrow(code('key.unsafe'));
    expect(() => assertVerificationKey('tiny@1', unsafe, named, development)).toThrow(
      code('key.unsafe'),
    );
    expect(() => assertArtifacts('tiny@1', { ...circuit, zkey }, named, development)).toThrow(
      code('key.unsafe'),
    );
  });
});

describe('verification key', () => {
  test('its words are in the order of the contract, and the hash is over them', () => {
    const words = verificationKeyWords(key);
    expect(words).toHaveLength(26);
    const [x, y] = json.vk_gamma_2;
    expect(words.slice(6, 10).map(String)).toEqual([x?.[1], x?.[0], y?.[1], y?.[0]]);
    expect(words.slice(24).map(String)).toEqual(json.IC[5]?.slice(0, 2));
    expect(verificationKeyHash(key)).toBe(entry.vkeyHash);
  });

  test('keys whose pairings merge are refused', () => {
    assertSafeKey(key, 'tiny@1');
    for (const change of [
      { gamma: key.delta },
      { gamma: negateG2(key.delta) },
      { gamma: key.beta },
      { delta: key.beta },
      { delta: G2_GENERATOR },
    ]) {
      expect(() => assertSafeKey({ ...key, ...change }, 'tiny@1')).toThrow(code('key.unsafe'));
    }
  });

  test.each<[string, (json: VerificationKeyJson) => unknown]>([
    [
      'a leading zero',
      (k) => ({ ...k, vk_alpha_1: [`0${k.vk_alpha_1[0]}`, k.vk_alpha_1[1], '1'] }),
    ],
    ['hexadecimal', (k) => ({ ...k, vk_alpha_1: ['0x1', '2', '1'] })],
    ['numbers', (k) => ({ ...k, vk_alpha_1: [1, 2, 1] })],
    ['a point off the curve', (k) => ({ ...k, vk_alpha_1: ['1', '3', '1'] })],
    ['a point at infinity', (k) => ({ ...k, vk_alpha_1: ['0', '0', '1'] })],
    ['infinity as snarkjs writes it', (k) => ({ ...k, vk_alpha_1: ['0', '1', '0'] })],
    ['an unbound signal', (k) => ({ ...k, IC: k.IC.with(3, ['0', '0', '1']) })],
    [
      'a G2 point off the twist',
      (k) => ({
        ...k,
        vk_beta_2: [
          ['1', '2'],
          ['3', '4'],
          ['1', '0'],
        ],
      }),
    ],
    ['too few IC', (k) => ({ ...k, IC: k.IC.slice(1) })],
    ['another number of signals', (k) => ({ ...k, nPublic: 4 })],
    ['another curve', (k) => ({ ...k, curve: 'bls12381' })],
    ['an unknown field', (k) => ({ ...k, extra: 1 })],
    ['nothing', () => null],
  ])('%s is refused', (_, edit) => {
    expect(() => decodeVerificationKey(edit(json))).toThrow(code('key.bad_file'));
  });

  test('whatever the input, the answer is a coded error', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => decodeVerificationKey(value)).toThrow(CanbaoError);
        expect(() => decodeVerificationKey({ ...json, vk_beta_2: value })).toThrow(CanbaoError);
      }),
    );
  });
});

describe('manifest', () => {
  const ceremony = (contributions: number): KeyEntry => ({
    ...entry,
    status: 'ceremony',
    contributions,
  });

  test('a fresh key is labelled development, and production refuses it', () => {
    expect(entry).toMatchObject({ status: 'development', contributions: 0 });
    assertArtifacts('tiny@1', circuit, entry, development);
    expect(() => assertArtifacts('tiny@1', circuit, entry, { production: true })).toThrow(
      code('key.development_refused'),
    );
  });

  test('a ceremony needs its contributions, in development too', () => {
    for (const production of [true, false]) {
      assertKeyUsable('tiny@1', ceremony(REQUIRED_CONTRIBUTIONS), { production });
      expect(() =>
        assertKeyUsable('tiny@1', ceremony(REQUIRED_CONTRIBUTIONS - 1), { production }),
      ).toThrow(code('key.too_few_contributions'));
    }
  });

  test('an entry that claims contributions its zkey does not have is refused', () => {
    expect(() => assertArtifacts('tiny@1', circuit, ceremony(5), development)).toThrow(
      code('key.hash_mismatch'),
    );
  });

  test.each(['r1cs', 'wasm', 'zkey'] as const)('another %s is refused', (file) => {
    const changed = { ...circuit, [file]: circuit[file].slice(0, -1) };
    expect(() => assertArtifacts('tiny@1', changed, entry, development)).toThrow(
      code('key.hash_mismatch'),
    );
  });

  test('a witness graph is bound where there is one, and refused where none is named', () => {
    const graph = Uint8Array.of(1, 2, 3);
    const withGraph = { ...circuit, graph };
    const named = describeArtifacts(withGraph, {});
    const manifest = { format: 'canbao/keys@1', statements: { 'tiny@1': named } };
    expect(keyEntry(parseManifest(manifest), 'tiny@1').graph).toMatch(/^[0-9a-f]{64}$/);
    assertArtifacts('tiny@1', withGraph, named, development);
    // circom's program alone serves too.
    assertArtifacts('tiny@1', circuit, named, development);
    const other = { ...circuit, graph: Uint8Array.of(1, 2, 4) };
    for (const [artifacts, entryOf] of [[other, named] as const, [withGraph, entry] as const]) {
      expect(() => assertArtifacts('tiny@1', artifacts, entryOf, development)).toThrow(
        code('key.hash_mismatch'),
      );
    }
  });

  test('another verification key is refused', () => {
    const other = { ...key, alpha: key.ic[0] ?? key.alpha };
    expect(() => assertVerificationKey('tiny@1', other, entry, development)).toThrow(
      code('key.hash_mismatch'),
    );
  });

  test('reads back, strictly; an unknown statement has no key', () => {
    const manifest = { format: 'canbao/keys@1', statements: { 'tiny@1': entry } };
    const parsed = parseManifest(JSON.parse(JSON.stringify(manifest)));
    expect(keyEntry(parsed, 'tiny@1')).toEqual(entry);
    for (const name of ['tiny@2', 'constructor', '__proto__']) {
      expect(() => keyEntry(parsed, name)).toThrow(code('key.unknown'));
    }
    for (const bad of [
      { ...manifest, format: 'canbao/keys@2' },
      { ...manifest, statements: { tiny: entry } },
      { ...manifest, statements: { 'tiny@1': { ...entry, zkey: 'ABC' } } },
      { ...manifest, statements: { 'tiny@1': { ...entry, status: 'final' } } },
    ]) {
      expect(() => parseManifest(bad)).toThrow(code('key.bad_file'));
    }
  });
});
