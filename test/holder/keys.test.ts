import { buildBabyjub, buildEddsa } from 'circomlibjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toScope } from '../../src/core/brands.ts';
import { FIELD_ORDER, type Fr, toFr } from '../../src/core/field.ts';
import { BabyCurve, SUBGROUP_ORDER } from '../../src/holder/baby-jubjub.ts';
import { signPoseidon, verifyPoseidon } from '../../src/holder/eddsa-poseidon.ts';
import { assertHolderKey, deriveHolderKeys, nullifierOf } from '../../src/holder/keys.ts';
import { seedFromMnemonic } from '../../src/holder/mnemonic.ts';
import vectors from './key-vectors.json' with { type: 'json' };

const field = fc.bigInt({ min: 0n, max: FIELD_ORDER - 1n }).map((value) => toFr(value));
const seedOf = (byte: number) => new Uint8Array(32).fill(byte);

test.each(vectors)('keys of "$mnemonic" stay as published', (vector) => {
  const keys = deriveHolderKeys(seedFromMnemonic(vector.mnemonic));
  expect({
    scalar: String(keys.scalar),
    ax: String(keys.publicKey.x),
    ay: String(keys.publicKey.y),
    nullifierKey: String(keys.nullifierKey),
    commitment: String(keys.commitment),
    nullifierOfScope1: String(nullifierOf(keys.nullifierKey, toScope(1n))),
    signatureOf1: String(signPoseidon(keys, toFr(1n)).s),
  }).toEqual(vector.keys);
});

test('circomlibjs agrees with the base point and verifies our signatures', async () => {
  const [eddsa, baby] = [await buildEddsa(), await buildBabyjub()];
  const F = baby.F;
  const e = (value: bigint) => F.e(value);
  expect([F.toObject(baby.Base8[0]), F.toObject(baby.Base8[1])]).toEqual([
    BabyCurve.BASE.x,
    BabyCurve.BASE.y,
  ]);
  expect(baby.subOrder).toBe(SUBGROUP_ORDER);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), field, (seed, message) => {
      const keys = deriveHolderKeys(seed);
      const { r8, s } = signPoseidon(keys, message);
      const theirs = { R8: [e(r8.x), e(r8.y)] as [Uint8Array, Uint8Array], S: s };
      const key = [e(keys.publicKey.x), e(keys.publicKey.y)] as [Uint8Array, Uint8Array];
      return (
        verifyPoseidon(keys.publicKey, message, { r8, s }) &&
        eddsa.verifyPoseidon(e(message), theirs, key) &&
        !eddsa.verifyPoseidon(e((message + 1n) % FIELD_ORDER), theirs, key)
      );
    }),
    { numRuns: 25 },
  );
});

test('a signature is deterministic, and of another message differs in both parts', () => {
  const keys = deriveHolderKeys(seedOf(1));
  const [first, again, other] = [1n, 1n, 2n].map((m) => signPoseidon(keys, toFr(m)));
  expect(again).toEqual(first);
  expect(other?.r8.x).not.toBe(first?.r8.x);
  expect(other?.s).not.toBe(first?.s);
});

test('a signature is refused for another message or key, and for s + l', () => {
  const keys = deriveHolderKeys(seedOf(1));
  const message = toFr(5n);
  const signature = signPoseidon(keys, message);
  const verify = (change: Partial<typeof signature>, m = message, key = keys.publicKey) =>
    verifyPoseidon(key, m, { ...signature, ...change });
  expect(verify({})).toBe(true);
  expect(verify({}, toFr(6n))).toBe(false);
  expect(verify({}, message, deriveHolderKeys(seedOf(2)).publicKey)).toBe(false);
  expect(verify({ s: toFr(signature.s + SUBGROUP_ORDER) })).toBe(false);
  expect(verify({ s: toFr(signature.s + 1n) })).toBe(false);
});

test('keys of small order, off the curve or with a torsion part are refused', () => {
  const { publicKey } = deriveHolderKeys(seedOf(1));
  const refused = (x: bigint, y: bigint) => () => assertHolderKey({ x: x as Fr, y: y as Fr });
  assertHolderKey(publicKey);
  expect(refused(0n, 1n)).toThrow('prime subgroup'); // the identity
  expect(refused(0n, FIELD_ORDER - 1n)).toThrow('prime subgroup'); // order 2
  expect(refused(publicKey.x, publicKey.y + 1n)).toThrow('prime subgroup'); // off the curve
  const order2 = BabyCurve.fromAffine({ x: 0n, y: FIELD_ORDER - 1n });
  const mixed = BabyCurve.fromAffine(publicKey).add(order2).toAffine();
  expect(refused(mixed.x, mixed.y)).toThrow('prime subgroup');
});

test('a seed too short or too long is refused', () => {
  for (const bytes of [0, 15, 65]) {
    expect(() => deriveHolderKeys(new Uint8Array(bytes))).toThrow('seed must be');
  }
});

test('two scopes give unlinked nullifiers, one scope always the same', () => {
  const { nullifierKey } = deriveHolderKeys(seedOf(1));
  expect(nullifierOf(nullifierKey, toScope(1n))).toBe(nullifierOf(nullifierKey, toScope(1n)));
  expect(nullifierOf(nullifierKey, toScope(2n))).not.toBe(nullifierOf(nullifierKey, toScope(1n)));
});
