import fc from 'fast-check';
import * as plain from 'poseidon-lite';
import { describe, expect, it } from 'vitest';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { choosePoseidon } from '../../src/ledger/build/poseidon/choose-poseidon.ts';
import {
  type PoseidonBatch,
  poseidonBatch,
} from '../../src/ledger/build/poseidon/poseidon-batch.ts';
import { poseidonConstants } from '../../src/ledger/build/poseidon/poseidon-constants.ts';
import { loadPoseidonKernel } from '../../src/ledger/build/poseidon/poseidon-kernel.ts';
import { circomlibPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';

const MOST = 16;
const arities = Array.from({ length: MOST }, (_, i) => i + 1);
type Plain = Record<string, (inputs: readonly bigint[]) => bigint>;

/** poseidon-lite's, message by message. */
function expected(messages: readonly bigint[], inputs: number): bigint[] {
  const hash = (plain as unknown as Plain)[`poseidon${inputs}`];
  return Array.from({ length: messages.length / inputs }, (_, i) =>
    hash?.(messages.slice(i * inputs, (i + 1) * inputs)),
  ) as bigint[];
}

const element = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: FIELD_ORDER - 1n }) },
  fc.constantFrom(0n, 1n, FIELD_ORDER - 1n, FIELD_ORDER >> 1n, (1n << 253n) - 1n, 1n << 204n),
);

/** One message after another, `1 … most` of them. */
const messagesOf = (inputs: number, most: number) =>
  fc
    .integer({ min: 1, max: most })
    .chain((count) => fc.array(element, { minLength: count * inputs, maxLength: count * inputs }));

async function open(variant: 'fma' | 'limbs'): Promise<PoseidonBatch> {
  const kernel = await loadPoseidonKernel(variant);
  if (!kernel) throw new Error(`${variant} does not run here`);
  return poseidonBatch(kernel);
}

describe.each(['fma', 'limbs'] as const)('Poseidon in batches, %s', async (variant) => {
  const batch = await open(variant);

  it.each(arities)('equals the plain one for %i inputs', (inputs) => {
    const all = (value: bigint) => Array<bigint>(inputs).fill(value);
    fc.assert(
      fc.property(messagesOf(inputs, 5), (messages) => {
        expect(batch.hashMany(messages, inputs)).toEqual(expected(messages, inputs));
      }),
      { numRuns: 6, examples: [[[all(0n), all(1n), all(FIELD_ORDER - 1n)].flat()]] },
    );
  });

  it('equals circomlibjs', async () => {
    const hash = await circomlibPoseidon();
    const messages = [5n, FIELD_ORDER - 5n, 7n, 1n << 200n];
    expect(batch.hashMany(messages, 4)).toEqual([hash(messages as never)]);
    expect(batch.hashMany(messages, 2)).toEqual([
      hash(messages.slice(0, 2) as never),
      hash(messages.slice(2) as never),
    ]);
  });

  it.each([
    [2, 1023],
    [2, 1024],
    [2, 1025],
    [12, 171],
  ])('hashes %i inputs × %i, more than fit into memory at once', (inputs, count) => {
    const messages = Array.from(
      { length: inputs * count },
      (_, i) => BigInt(i) ** 31n % FIELD_ORDER,
    );
    const hashes = batch.hashMany(messages, inputs);
    expect(hashes).toHaveLength(count);
    for (const i of [0, 1, 168, 169, 170, count - 3, count - 2, count - 1]) {
      const message = messages.slice(i * inputs, (i + 1) * inputs);
      expect([hashes[i]]).toEqual(expected(message, inputs));
    }
  });

  it('takes and gives bytes, little-endian', () => {
    const bytes = new Uint8Array(64);
    bytes[0] = 1;
    bytes[33] = 1;
    const [hash = 0n] = expected([1n, 256n], 2);
    const hex = Buffer.from(batch.hashBytes(bytes, 2)).reverse().toString('hex');
    expect(BigInt(`0x${hex}`)).toBe(hash);
    expect(batch.hashBytes(new Uint8Array(), 2)).toHaveLength(0);
    expect(batch.hashMany([], 12)).toEqual([]);
  });

  it.each([FIELD_ORDER, FIELD_ORDER + 1n, (1n << 254n) - 1n, (1n << 256n) - 1n, 1n << 256n, -1n])(
    'refuses %i, which is not canonical, wherever it stands',
    (bad) => {
      for (const at of [0, 3, 2051]) {
        const messages = Array<bigint>(2052).fill(1n);
        messages[at] = bad;
        expect(() => batch.hashMany(messages, 2)).toThrow(
          expect.objectContaining({ code: 'core.not_canonical' }),
        );
      }
    },
  );

  it('refuses cut messages and lengths without parameters', () => {
    expect(() => batch.hashBytes(new Uint8Array(63), 1)).toThrow(RangeError);
    expect(() => batch.hashMany([1n, 2n, 3n], 2)).toThrow(RangeError);
    for (const inputs of [0, 17, 1.5, Number.NaN, -1]) {
      expect(() => batch.hashBytes(new Uint8Array(0), inputs)).toThrow(RangeError);
    }
  });
});

describe('constants of the kernel', () => {
  it.each(arities)('of %i inputs keep every sum within what a lane holds', (inputs) => {
    const { width, block } = poseidonConstants(inputs);
    // Multiples of the prime, as kernels/poseidon bounds them; 2^51 in the highest limb is 2.64.
    const ratio = Number(FIELD_ORDER) / 2 ** 255;
    const product = (a: number, b: number) => ratio * a * b + 0.51;
    const square = product(0.5, 0.5);
    const power = product(product(square, square), 0.5);
    const largest = 2 ** 51 / (Number(FIELD_ORDER) / 2 ** 204);
    expect(product(0.5 * width, power)).toBeLessThan(largest);
    expect(product(0.5 * (width - 1), 0.5) + product(0.5 * block, power) - 0.51).toBeLessThan(
      largest,
    );
  });
});

describe('the kernel chosen here', () => {
  it('hashes rightly', async () => {
    const batch = await choosePoseidon();
    expect(batch?.hashMany([1n, 2n, 3n, 4n], 4)).toEqual(expected([1n, 2n, 3n, 4n], 4));
  });
});
