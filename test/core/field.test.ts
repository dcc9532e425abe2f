import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_ORDER, frFromBytes, frToBytes, parseFr, toFr } from '../../src/core/field.ts';

const refused = expect.objectContaining({ code: 'core.not_canonical' });
const element = fc.bigInt(0n, FIELD_ORDER - 1n);

describe('field elements', () => {
  it('read back from text and from bytes', () => {
    fc.assert(
      fc.property(element, (value) => {
        expect(parseFr(String(value))).toBe(value);
        expect(frFromBytes(frToBytes(toFr(value)))).toBe(value);
      }),
    );
  });

  it.each([FIELD_ORDER, FIELD_ORDER + 1n, 2n ** 256n, -1n])('refuse %s: never reduced', (value) => {
    expect(() => toFr(value)).toThrow(refused);
    expect(() => parseFr(String(value))).toThrow(refused);
  });

  it.each(['', '01', '+1', '-0', '1.0', '0x1', '1e3', ' 1', '1 ', '1\n', '１', 'NaN'])(
    'refuse the text %j: a number has one form',
    (text) => {
      expect(() => parseFr(text)).toThrow(refused);
    },
  );

  it('refuse another number of bytes', () => {
    for (const length of [0, 31, 33]) {
      expect(() => frFromBytes(new Uint8Array(length))).toThrow(
        expect.objectContaining({ code: 'core.bad_bytes' }),
      );
    }
  });
});
