import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutBits, packWord, unpackWord } from '../../src/core/packed-word.ts';

const layout = { low: 12, flag: 1, wide: 90 } as const;
const fields = fc.record({
  low: fc.bigInt(0n, 2n ** 12n - 1n),
  flag: fc.bigInt(0n, 1n),
  wide: fc.bigInt(0n, 2n ** 90n - 1n),
});

describe('packed words', () => {
  it('read back, and no two sets of fields share a word', () => {
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        const word = packWord(layout, a);
        expect(unpackWord(layout, word)).toEqual(a);
        expect(packWord(layout, b) === word).toBe(
          JSON.stringify(texts(a)) === JSON.stringify(texts(b)),
        );
      }),
    );
  });

  it('put the first field lowest', () => {
    expect(packWord(layout, { low: 5n, flag: 1n, wide: 3n })).toBe(5n + (1n << 12n) + (3n << 13n));
  });

  it.each([
    ['low', 2n ** 12n],
    ['flag', 2n],
    ['wide', 2n ** 90n],
    ['low', -1n],
  ] as const)('refuse %s = %s: it would run into its neighbour', (name, value) => {
    const wrong = { low: 0n, flag: 0n, wide: 0n, [name]: value };
    expect(() => packWord(layout, wrong)).toThrow(
      expect.objectContaining({ code: 'core.out_of_range' }),
    );
  });

  it('refuse a word with bits above the layout', () => {
    expect(() => unpackWord(layout, 1n << 103n)).toThrow(
      expect.objectContaining({ code: 'core.out_of_range' }),
    );
  });

  it('hold 253 bits, and not one more', () => {
    expect(layoutBits({ all: 253 })).toBe(253);
    expect(() => layoutBits({ all: 253, more: 1 })).toThrow(RangeError);
  });
});

function texts(value: Readonly<Record<string, bigint>>): string[] {
  return Object.values(value).map(String);
}
