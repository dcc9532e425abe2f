import { bn254 } from '@noble/curves/bn254.js';
import fc from 'fast-check';
import createModule from 'mcl-wasm/dist/mcl_c.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { MclHeap, SIZE } from '../../src/groth16/pairing/mcl-heap.ts';
import { pairingOn } from '../../src/groth16/pairing/mcl-pairing.ts';
import { CURVE_X, subgroupCheck } from '../../src/groth16/pairing/mcl-subgroup.ts';
import { noblePairing } from '../../src/groth16/pairing/noble-pairing.ts';
import type { Pairing, ProofClaim } from '../../src/groth16/pairing/pairing.ts';
import { COORDINATE_ORDER, isG2 } from '../../src/groth16/points.ts';
import { proofToWords } from '../../src/groth16/proof.ts';
import { holdsAlone } from '../../src/groth16/verify-proof.ts';
import { seededRandom } from '../support/random.ts';
import { g2, simulatedClaim, trapdoorKey } from '../support/simulated-claim.ts';
import {
  pointOfOrder,
  SMALL_FACTORS,
  TWIST_COFACTOR,
  timesOnTwist,
  toG2,
  twistPoint,
} from '../support/twist-points.ts';

const { Fr } = bn254.fields;
const random = seededRandom('pairing');
const trapdoor = trapdoorKey(random);

let heap: MclHeap;
let mcl: Pairing;
beforeAll(async () => {
  heap = await MclHeap.load(createModule);
  mcl = pairingOn(heap);
});

describe('mcl and noble agree', () => {
  test('on proofs that hold and on bent ones', () => {
    const claims = Array.from({ length: 4 }, () => simulatedClaim(trapdoor, random));
    const bent = fc.record({
      claim: fc.constantFrom(...claims),
      word: fc.nat({ max: 7 }),
      signal: fc.nat({ max: 4 }),
      by: fc.constantFrom(0n, 1n, -1n, COORDINATE_ORDER, FIELD_ORDER),
      negated: fc.boolean(),
    });
    const answers = { holds: 0, fails: 0 };
    fc.assert(
      fc.property(bent, ({ claim, word, signal, by, negated }) => {
        const words = proofToWords(claim.proof);
        // −y is on the curve too: these reach the equation.
        if (negated) words[1] = COORDINATE_ORDER - (words[1] ?? 0n);
        const [ax = 0n, ay = 0n, bx1 = 0n, bx0 = 0n, by1 = 0n, by0 = 0n, cx = 0n, cy = 0n] =
          words.map((value, i) => (i === word ? value + by : value));
        const proof = {
          a: [ax, ay],
          b: [
            [bx0, bx1],
            [by0, by1],
          ],
          c: [cx, cy],
        } as const;
        const signals = claim.signals.map((value, i) => (i === signal ? value + by : value));
        for (const each of [
          { ...claim, proof },
          { ...claim, signals },
        ]) {
          const holds = holdsAlone(each, mcl);
          expect(holds).toBe(holdsAlone(each, noblePairing));
          answers[holds ? 'holds' : 'fails']++;
        }
      }),
      { numRuns: 40 },
    );
    expect(answers.holds).toBeGreaterThan(0);
    expect(answers.fails).toBeGreaterThan(0);
  }, 60_000);

  test('on weighted products of claims of several keys', () => {
    const other = trapdoorKey(random);
    const claims = [trapdoor, other, trapdoor].map((key) => simulatedClaim(key, random));
    const bad = simulatedClaim(other, random, { error: 1n });
    const weights = [1n, 2n ** 128n, random.bits(128) + 1n, random.bits(128) + 1n];
    for (const product of [claims, [...claims, bad], [bad, ...claims]]) {
      const holds = mcl.holds(product, weights.slice(0, product.length));
      expect(holds).toBe(!product.includes(bad));
      expect(noblePairing.holds(product, weights.slice(0, product.length))).toBe(holds);
    }
  });

  test('where points of the equation cancel to infinity', () => {
    // The public point is at infinity: Σ signals[i]·IC[i+1] = −IC[0].
    const [first = 0n, second = 1n] = trapdoor.ic;
    const signals = [Fr.neg(Fr.div(first, second)), 0n, 0n, 0n, 0n];
    const claim = simulatedClaim(trapdoor, random, { signals });
    // C of the one is −C of the other, in a product in which they meet.
    const { proof } = simulatedClaim(trapdoor, random);
    const opposite: ProofClaim = {
      ...claim,
      proof: { ...proof, c: [proof.c[0], COORDINATE_ORDER - proof.c[1]] },
    };
    const cases = [
      [claim],
      [{ ...claim, proof }, opposite],
      [claim, { ...claim, proof }, opposite],
    ];
    for (const claims of cases) expect(mcl.holds(claims)).toBe(noblePairing.holds(claims));
    expect(mcl.holds([claim])).toBe(true);
  });
});

describe('the subgroup check', () => {
  const isInSubgroup = (point: Parameters<typeof heap.writeG2>[1]) =>
    heap.borrow(SIZE.g2, (at) => {
      heap.writeG2(at, point);
      return subgroupCheck(heap)(at);
    });

  test('only an order of r satisfies its equation', () => {
    const x = CURVE_X;
    const trace = 6n * x * x + 1n;
    expect(COORDINATE_ORDER + 1n - trace).toBe(FIELD_ORDER);
    // (x+1) + xψ + xψ² − 2xψ³, reduced by ψ² = trace·ψ − q, which holds on the whole twist.
    let [c0, c1, c2, c3] = [x + 1n, x, x, -2n * x];
    [c2, c1] = [c2 + c3 * trace, c1 - c3 * COORDINATE_ORDER];
    [c1, c0] = [c1 + c2 * trace, c0 - c2 * COORDINATE_ORDER];
    c3 = 0n;
    const norm = c0 * c0 + c0 * c1 * trace + c1 * c1 * COORDINATE_ORDER;
    expect(gcd(norm, FIELD_ORDER * TWIST_COFACTOR)).toBe(FIELD_ORDER);
    expect(TWIST_COFACTOR % FIELD_ORDER).not.toBe(0n);
  });

  test('takes every point of the subgroup', () => {
    const edges = [1n, 2n, FIELD_ORDER - 1n, CURVE_X, FIELD_ORDER - CURVE_X];
    for (const scalar of [...edges, ...Array.from({ length: 20 }, () => random.fr())]) {
      expect(isInSubgroup(g2(scalar))).toBe(true);
    }
  });

  test('takes no other point of the twist', () => {
    const large = SMALL_FACTORS.reduce((rest, factor) => rest / factor, TWIST_COFACTOR);
    const small = [...SMALL_FACTORS, large].map(pointOfOrder);
    for (const [i, point] of small.entries()) {
      const factor = [...SMALL_FACTORS, large][i] ?? 0n;
      expect(timesOnTwist(point, factor).is0()).toBe(true);
      expect(isInSubgroup(toG2(point))).toBe(false);
      expect(isInSubgroup(toG2(point.add(bn254.G2.Point.BASE)))).toBe(false);
    }
    for (let start = 1n; start < 3000n; start += 100n) {
      const point = toG2(twistPoint(start));
      expect(isInSubgroup(point)).toBe(false);
      expect(isG2(point)).toBe(false);
    }
  });
});

describe('memory', () => {
  /** Where the next block would be: another place if one was kept. */
  const next = () => heap.borrow(SIZE.g1, (at) => at);

  test('a verification leaves nothing behind', () => {
    const good = simulatedClaim(trapdoor, random);
    const bad = simulatedClaim(trapdoor, random, { error: 1n });
    const claims = [good, bad, { ...good, proof: { ...good.proof, b: toG2(twistPoint()) } }];
    const weights = [3n, 5n];
    const round = () => {
      for (const claim of claims) holdsAlone(claim, mcl);
      mcl.holds([good, bad], weights);
    };
    round();
    const before = [next(), heap.mcl.wasmMemory.buffer.byteLength];
    for (let i = 0; i < 50; i++) round();
    expect([next(), heap.mcl.wasmMemory.buffer.byteLength]).toEqual(before);
  });

  test('memory that grows is written where it is', () => {
    const block = heap.allocate(heap.mcl.wasmMemory.buffer.byteLength);
    expect(holdsAlone(simulatedClaim(trapdoor, random), mcl)).toBe(true);
    heap.mcl._free(block);
  });
});

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = a < 0n ? [-a, b] : [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
