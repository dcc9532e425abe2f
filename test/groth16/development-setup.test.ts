import { bn254 } from '@noble/curves/bn254.js';
import fc from 'fast-check';
import * as snarkjs from 'snarkjs';
import { expect, test } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { developmentSetup } from '../../src/groth16/development-setup.ts';
import { lagrangeAt, rootOfUnity } from '../../src/groth16/lagrange.ts';
import { readR1cs } from '../../src/groth16/r1cs.ts';
import { readZkey, verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { tinyCircuit, tinyInputs } from '../support/tiny-circuit.ts';

const { Fr } = bn254.fields;

test('the key is what snarkjs reads, proves and verifies with', async () => {
  const { zkey, wasm } = await tinyCircuit();
  const theirs = await snarkjs.zKey.exportVerificationKey(zkey);
  expect(theirs).toMatchObject(verificationKeyFromZkey(zkey));
  const { proof, publicSignals } = await snarkjs.groth16.fullProve({ ...tinyInputs }, wasm, zkey);
  expect(publicSignals).toEqual(['62', '11', '13', '17', '19']);
  expect(await snarkjs.groth16.verify(theirs, publicSignals, proof)).toBe(true);
  publicSignals[3] = '18';
  expect(await snarkjs.groth16.verify(theirs, publicSignals, proof)).toBe(false);
});

test('every scalar is fresh: gamma is not delta, and no two keys share a point', async () => {
  const { r1cs, zkey } = await tinyCircuit();
  const [a, b] = [readZkey(zkey), readZkey(await developmentSetup(r1cs))];
  expect(a.gamma).not.toEqual(a.delta);
  for (const part of ['alpha', 'beta', 'gamma', 'delta', 'ic'] as const) {
    expect(a[part], part).not.toEqual(b[part]);
  }
  expect(a.contributions).toBe(0);
});

test('the key depends on the randomness passed in, and on nothing else', async () => {
  const { r1cs } = await tinyCircuit();
  const randomness = () => {
    let count = 0;
    return (length: number) => new Uint8Array(length).fill(++count);
  };
  const keys = [1, 2].map(() => developmentSetup(r1cs, { randomness: randomness() }));
  const [first, second] = await Promise.all(keys);
  expect(first).toEqual(second);
});

test('progress climbs to 1', async () => {
  const shares: number[] = [];
  const { r1cs } = await tinyCircuit();
  await developmentSetup(r1cs, { onProgress: (share) => shares.push(share) });
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test('Lagrange values interpolate: Σ L_k(tau) p(w^k) = p(tau) for p below the degree', () => {
  const coefficient = fc.bigInt({ min: 0n, max: Fr.ORDER - 1n });
  fc.assert(
    fc.property(
      fc.array(coefficient, { minLength: 8, maxLength: 8 }),
      fc.bigInt({ min: 2n, max: Fr.ORDER - 1n }),
      (polynomial, tau) => {
        fc.pre(Fr.pow(tau, 8n) !== 1n); // the domain itself is refused, see below
        const at = (x: bigint) => polynomial.reduceRight((sum, c) => Fr.add(Fr.mul(sum, x), c), 0n);
        const interpolated = lagrangeAt(tau, 3)
          .map((value, k) => Fr.mul(value, at(Fr.pow(rootOfUnity(3), BigInt(k)))))
          .reduce((sum, term) => Fr.add(sum, term));
        return interpolated === at(tau);
      },
    ),
  );
});

test('a tau of the domain is refused: every root of unity, r − 1 among them', () => {
  for (let k = 0n; k < 8n; k++) {
    expect(() => lagrangeAt(Fr.pow(rootOfUnity(3), k), 3)).toThrow(RangeError);
  }
  expect(() => lagrangeAt(Fr.ORDER - 1n, 3)).toThrow(RangeError);
});

test('a damaged or foreign r1cs gives a coded error', async () => {
  const { r1cs, wasm } = await tinyCircuit();
  expect(() => readR1cs(wasm)).toThrow(CanbaoError);
  fc.assert(
    fc.property(fc.nat(r1cs.length - 1), (length) => {
      expect(() => readR1cs(r1cs.slice(0, length))).toThrow(CanbaoError);
    }),
  );
  fc.assert(
    fc.property(fc.nat(r1cs.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = r1cs.slice();
      damaged[at] = (damaged[at] ?? 0) ^ flip;
      try {
        readR1cs(damaged); // a changed coefficient is still an r1cs
      } catch (error) {
        expect(error).toBeInstanceOf(CanbaoError);
      }
    }),
    { numRuns: 500 },
  );
});
