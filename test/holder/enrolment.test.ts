import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { createEnrolment, readEnrolment } from '../../src/holder/enrolment.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';

const keys = deriveHolderKeys(new Uint8Array(32).fill(1));
const other = deriveHolderKeys(new Uint8Array(32).fill(2));
const enrolment = createEnrolment(keys);

test('an enrolment reads back as key and commitment, and carries no secret', () => {
  expect(readEnrolment(JSON.parse(JSON.stringify(enrolment)))).toEqual({
    publicKey: keys.publicKey,
    commitment: keys.commitment,
  });
  const text = JSON.stringify(enrolment);
  for (const secret of [keys.scalar, keys.nullifierKey]) expect(text).not.toContain(String(secret));
});

test.each([
  ['the commitment of another', { ...enrolment, commitment: String(other.commitment) }],
  ['the signature of another', { ...enrolment, signature: createEnrolment(other).signature }],
  [
    'the key of another',
    { ...enrolment, ax: String(other.publicKey.x), ay: String(other.publicKey.y) },
  ],
  ['a leading zero', { ...enrolment, commitment: `0${enrolment.commitment}` }],
  ['an unknown field', { ...enrolment, name: 'x' }],
  ['another version', { ...enrolment, format: 'canbao/enrolment@2' }],
])('%s is refused', (_, json) => {
  expect(() => readEnrolment(json)).toThrow(
    expect.objectContaining({ code: 'holder.bad_enrolment' }),
  );
});

test('the identity as a key is refused although everything "signs" for it', () => {
  expect(() => readEnrolment({ ...enrolment, ax: '0', ay: '1' })).toThrow(
    expect.objectContaining({ code: 'holder.bad_key' }),
  );
});

test('whatever the input, the answer is a coded error', () => {
  fc.assert(
    fc.property(fc.anything(), (json) => {
      expect(() => readEnrolment(json)).toThrow(CanbaoError);
    }),
  );
});
