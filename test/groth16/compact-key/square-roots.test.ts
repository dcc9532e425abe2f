import { bn254 } from '@noble/curves/bn254.js';
import { describe, expect, test } from 'vitest';
import { readUint256, viewOf, writeUint256 } from '../../../src/groth16/bin-file.ts';
import { decompressPoints } from '../../../src/groth16/compact-key/decompress-points.ts';
import { compileKernel, type KernelVariant } from '../../../src/groth16/engine/load-kernel.ts';
import { seededRandom } from '../../support/random.ts';

const { Fp, Fp2 } = bn254.fields;
type Fq2 = ReturnType<typeof Fp2.create>;
const STORED = Fp.create(1n << 256n);
/** The twist's constant 3 / (9 + u). */
const TWIST_B = Fp2.mul(Fp2.inv(Fp2.fromBigTuple([9n, 1n])), Fp2.fromBigTuple([3n, 0n]));
const random = seededRandom('square roots');
const element = () => Fp.create(BigInt(random.fr()));

const stored = (...values: bigint[]) => {
  const bytes = new Uint8Array(32 * values.length);
  for (const [i, value] of values.entries()) {
    writeUint256(viewOf(bytes), 32 * i, Fp.mul(value, STORED));
  }
  return bytes;
};
const withSign = (x: Uint8Array, sign: number) => x.with(-1, (x.at(-1) ?? 0) | (sign << 7));
const isSquare = (value: bigint) => Fp.eql(Fp.pow(value, (Fp.ORDER - 1n) / 2n), 1n);

/** x of points on the curve, or of none. */
function g1(wanted: boolean): bigint {
  for (;;) {
    const x = element();
    if (isSquare(Fp.add(Fp.pow(x, 3n), 3n)) === wanted) return x;
  }
}
const right = ({ c0, c1 }: Fq2) => Fp2.add(Fp2.pow({ c0, c1 }, 3n), TWIST_B);
const norm = ({ c0, c1 }: Fq2) => Fp.add(Fp.sqr(c0), Fp.sqr(c1));
function g2(wanted: boolean): Fq2 {
  for (;;) {
    const x = Fp2.create({ c0: element(), c1: element() });
    if (isSquare(norm(right(x))) === wanted) return x;
  }
}
/** x of the twist whose y² lies in Fq, a square there or not: y is then (y0, 0) or (0, y1). */
function flat(wanted: boolean): Fq2 {
  for (let c1 = 1n; ; c1++) {
    const square = Fp.div(Fp.sub(Fp.pow(c1, 3n), TWIST_B.c1), Fp.mul(3n, c1));
    if (!isSquare(square)) continue;
    const x = Fp2.create({ c0: Fp.sqrt(square), c1 });
    expect(right(x).c1).toBe(0n);
    if (isSquare(right(x).c0) === wanted) return x;
  }
}

describe.each<KernelVariant>(['fma', 'limbs'])('kernel %s', (variant) => {
  const run = async (xs1: Uint8Array[], xs2: Uint8Array[]) =>
    decompressPoints({ 1: xs1, 2: xs2 }, { kernel: await compileKernel(variant) });

  test('an odd number of points of G1, both signs: on the curve, with x and sign', async () => {
    const xs = Array.from({ length: 33 }, () => g1(true));
    const list = (
      await run(
        xs.map((x, i) => withSign(stored(x), i & 1)),
        [],
      )
    )[1];
    const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
    for (const [i, x] of xs.entries()) {
      expect(readUint256(view, 64 * i)).toBe(Fp.mul(x, STORED));
      const y = readUint256(view, 64 * i + 32);
      expect(y < Fp.ORDER && Number(y & 1n)).toBe(i & 1);
      expect(Fp.sqr(Fp.div(y, STORED))).toBe(Fp.add(Fp.pow(x, 3n), 3n));
    }
  });

  test('of G2, those with y in Fq or a multiple of u among them', async () => {
    const xs = [flat(true), flat(false), ...Array.from({ length: 19 }, () => g2(true))];
    const all = xs.flatMap((x) => [0, 1].map((sign) => ({ x, sign })));
    const list = (
      await run(
        [],
        all.map(({ x, sign }) => withSign(stored(x.c0, x.c1), sign)),
      )
    )[2];
    const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
    for (const [i, { x, sign }] of all.entries()) {
      const [x0, x1, y0 = 0n, y1 = 0n] = [0, 32, 64, 96].map((at) =>
        readUint256(view, 128 * i + at),
      );
      expect([x0, x1]).toEqual([x.c0, x.c1].map((c) => Fp.mul(c, STORED)));
      expect(y0 < Fp.ORDER && y1 < Fp.ORDER).toBe(true);
      expect(Number((y0 || y1) & 1n)).toBe(sign);
      const y = Fp2.create({ c0: Fp.div(y0, STORED), c1: Fp.div(y1, STORED) });
      expect(Fp2.sqr(y)).toEqual(right(x));
    }
  });

  test('an x on no point, or not below the prime, is refused at every place', async () => {
    const badFile = expect.objectContaining({ code: 'key.bad_file' });
    const good1 = stored(g1(true));
    const good2 = stored(...Object.values(g2(true)));
    const tooLarge = (x: Uint8Array, at: number) => {
      const bytes = x.slice();
      writeUint256(viewOf(bytes), at, readUint256(viewOf(x), at) + Fp.ORDER);
      return bytes;
    };
    for (let place = 0; place < 3; place++) {
      for (const bad of [stored(g1(false)), tooLarge(good1, 0)]) {
        const xs = [good1, good1, good1].with(place, bad);
        await expect(run(xs, [])).rejects.toEqual(badFile);
      }
      const { c0, c1 } = g2(false);
      for (const bad of [stored(c0, c1), tooLarge(good2, 0), tooLarge(good2, 32)]) {
        await expect(run([], [good2, good2, good2].with(place, bad))).rejects.toEqual(badFile);
      }
    }
  });
});
