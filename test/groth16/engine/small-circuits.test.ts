import { bn254 } from '@noble/curves/bn254.js';
import { afterAll, describe, expect, test } from 'vitest';
import { developmentSetup } from '../../../src/groth16/development-setup.ts';
import { openEngine } from '../../../src/groth16/engine/engine.ts';
import type { Group } from '../../../src/groth16/engine/kernel.ts';
import { compileKernel } from '../../../src/groth16/engine/load-kernel.ts';
import type { Constraint } from '../../../src/groth16/r1cs.ts';
import { provingKeyParts } from '../../../src/groth16/zkey.ts';
import { variantsHere } from '../../support/kernel-bench.ts';
import { knownPoint, storedPoints } from '../../support/multi-scalar.ts';
import { seededRandom } from '../../support/random.ts';
import {
  endReference,
  expectVerified,
  referenceProof,
  witnessBytes,
} from '../../support/reference-proof.ts';
import { pointlessKey } from '../../support/small-key.ts';
import { writeR1cs } from '../../support/write-r1cs.ts';

const { Fr } = bn254.fields;
afterAll(endReference);

const term = (signal: number, value = 1n) => [{ signal, value }];
const square: Constraint = { a: term(1), b: term(1), c: term(2) };

interface Small {
  readonly name: string;
  readonly publicCount: number;
  readonly constraints: readonly Constraint[];
  readonly witness: readonly bigint[];
}

const circuits: readonly Small[] = [
  {
    name: 'one row, one private wire',
    publicCount: 1,
    constraints: [square],
    witness: [1n, 9n, 81n],
  },
  { name: 'all wires zero', publicCount: 1, constraints: [square], witness: [1n, 0n, 0n] },
  {
    name: 'private wires in no row',
    publicCount: 2,
    constraints: [square],
    witness: [1n, 3n, 9n, 5n, 0n],
  },
  { name: 'no row', publicCount: 1, constraints: [], witness: [1n, 4n, 7n] },
  {
    name: 'rows of nothing',
    publicCount: 1,
    constraints: [{ a: [], b: [], c: [] }, square, { a: term(0), b: [], c: [] }],
    witness: [1n, 9n, 81n],
  },
  {
    name: 'the same row many times',
    publicCount: 1,
    constraints: new Array(30).fill(square),
    witness: [1n, Fr.ORDER - 1n, 1n],
  },
];

test.each(circuits)('$name', async ({ name, publicCount, constraints, witness }) => {
  const random = seededRandom(name);
  const file = writeR1cs(witness.length, publicCount, constraints);
  const zkey = await developmentSetup(file, { randomness: random.bytes });
  const parts = provingKeyParts(zkey);
  const blinding = { r: random.fr(), s: random.fr() };
  const proof = await referenceProof(zkey, witnessBytes(witness), blinding);
  await expectVerified(zkey, witnessBytes(witness), proof);
  for (const variant of variantsHere) {
    for (const hasTables of [false, true]) {
      const engine = await openEngine(parts, await compileKernel(variant), undefined, hasTables);
      expect(await engine.prove(witnessBytes(witness), blinding)).toEqual(proof);
    }
  }
});

describe.each(variantsHere)('%s', (variant) => {
  const random = seededRandom(`small ${variant}`);

  test('no private wire, and a domain of one: points as the formula has them', async () => {
    const [alpha, beta, delta, a, b, h] = Array.from(
      { length: 6 },
      () => random.fr() as bigint,
    ) as [...[bigint, bigint, bigint, bigint, bigint, bigint]];
    const at = (group: Group, log: bigint) => storedPoints(group, [knownPoint(group, log)]);
    for (const domainPower of [0, 1]) {
      const parts = {
        ...pointlessKey(domainPower, 1, [
          { matrix: 0, constraint: 0, signal: 0, value: 5n },
          { matrix: 1, constraint: 0, signal: 0, value: 7n },
        ]),
        ...{ alpha1: at(1, alpha), beta1: at(1, beta), beta2: at(2, beta) },
        ...{ delta1: at(1, delta), delta2: at(2, delta) },
        ...{ a: at(1, a), b1: at(1, b), b2: at(2, b) },
        h: storedPoints(1, new Array(2 ** domainPower).fill(knownPoint(1, h))),
      };
      const engine = await openEngine(parts, await compileKernel(variant), undefined, false);
      const [r, s] = [random.fr(), random.fr()];
      const proof = await engine.prove(witnessBytes([1n]), { r, s });
      const A = Fr.add(Fr.add(alpha, a), Fr.mul(r, delta));
      const B = Fr.add(Fr.add(beta, b), Fr.mul(s, delta));
      // A product on the domain itself: a·b − c is zero on a domain of one. On one of two, the
      // polynomials 5(1 + x)/2, 7(1 + x)/2 and 35(1 + x)/2 meet the coset ±i in a sum of −35.
      const quotient = domainPower === 0 ? 0n : Fr.mul(h, Fr.neg(35n));
      const C = Fr.sub(
        Fr.add(quotient, Fr.add(Fr.mul(s, A), Fr.mul(r, B))),
        Fr.mul(Fr.mul(r, s), delta),
      );
      expect(proof.a).toEqual(knownPoint(1, A).coordinates);
      expect(proof.b.flat()).toEqual(knownPoint(2, B).coordinates);
      expect(proof.c).toEqual(knownPoint(1, C).coordinates);
    }
  });
});
