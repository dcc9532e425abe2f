import { bn254 } from '@noble/curves/bn254.js';
import { type Address, encodeDeployData } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  groth16VerifierAbi as abi,
  groth16VerifierBytecode as bytecode,
} from '../../src/chain/artifacts/Groth16Verifier.generated.ts';
import { withChainErrors } from '../../src/chain/chain-errors.ts';
import { deployContract } from '../../src/chain/deploy.ts';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { COORDINATE_ORDER } from '../../src/groth16/points.ts';
import { verificationKeyHash, verificationKeyWords } from '../../src/groth16/verification-key.ts';
import { revertedWith, startTestChain, type TestChain } from '../support/test-chain.ts';
import { type TinyProof, tinyProof, tinyVerificationKey } from '../support/tiny-proof.ts';

let context: TestChain;
let verifier: Address;
let key: bigint[];
let valid: TinyProof;

type Words8 = readonly [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
type Words26 = Parameters<typeof encodeDeployData<typeof abi>>[0]['args'][0];

const deploy = (words: readonly bigint[]) =>
  deployContract(
    context.chain,
    context.payer,
    encodeDeployData({ abi, bytecode, args: [words as unknown as Words26] }),
    1,
  );

function verify({ proof, signals }: TinyProof, gas?: bigint): Promise<boolean> {
  const { reader, url } = context.chain;
  return withChainErrors(url, () =>
    reader.readContract({
      address: verifier,
      abi,
      functionName: 'verifyProof',
      args: [proof as Words8, signals],
      ...(gas === undefined ? {} : { gas }),
    }),
  );
}

/** `words` with the one at `index` changed. */
function altered<T extends readonly bigint[]>(
  words: T,
  index: number,
  change: (word: bigint) => bigint,
): T {
  return words.map((word, i) => (i === index ? change(word) : word)) as unknown as T;
}

beforeAll(async () => {
  context = await startTestChain();
  const decoded = await tinyVerificationKey();
  key = verificationKeyWords(decoded);
  verifier = await deploy(key);
  valid = await tinyProof();
}, 60_000);
afterAll(() => context[Symbol.asyncDispose]());

describe('verifyProof', () => {
  test('accepts what snarkjs proved', async () => {
    expect(await verify(valid)).toBe(true);
    expect(await verify(await tinyProof({ secret: FIELD_ORDER - 1n, params: 0n }))).toBe(true);
  });

  test('accepts a proof in another guise: proof bytes identify nothing', async () => {
    // (k·A, k⁻¹·B, C) satisfies the same equation.
    const k = 12_345n;
    const [ax = 0n, ay = 0n, bx1 = 0n, bx0 = 0n, by1 = 0n, by0 = 0n, cx = 0n, cy = 0n] =
      valid.proof;
    const a = bn254.G1.Point.fromAffine({ x: ax, y: ay }).multiply(k).toAffine();
    const b = bn254.G2.Point.fromAffine({ x: { c0: bx0, c1: bx1 }, y: { c0: by0, c1: by1 } })
      .multiply(bn254.fields.Fr.inv(k))
      .toAffine();
    const proof = [a.x, a.y, b.x.c1, b.x.c0, b.y.c1, b.y.c0, cx, cy];
    expect(proof[0]).not.toBe(ax);
    expect(await verify({ ...valid, proof })).toBe(true);
  });

  test.each([0, 1, 2, 3, 4])(
    'signal %i: r more, one more, 0 and 2^256 − 1 are refused',
    async (i) => {
      const changes = [
        (s: bigint) => s + FIELD_ORDER,
        (s: bigint) => s + 1n,
        () => 0n,
        () => FIELD_ORDER,
        () => 2n ** 256n - 1n,
      ];
      for (const change of changes) {
        expect(await verify({ ...valid, signals: altered(valid.signals, i, change) })).toBe(false);
      }
    },
  );

  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'coordinate %i: q more, one more, 0 are refused',
    async (i) => {
      const changes = [
        (c: bigint) => c + COORDINATE_ORDER,
        (c: bigint) => c + 1n,
        () => 0n,
        () => 2n ** 256n - 1n,
      ];
      for (const change of changes) {
        expect(await verify({ ...valid, proof: altered(valid.proof, i, change) })).toBe(false);
      }
    },
  );

  test('the proof of other signals is refused', async () => {
    const other = await tinyProof({ secret: 8n });
    expect(await verify({ proof: valid.proof, signals: other.signals })).toBe(false);
    expect(await verify({ proof: other.proof, signals: valid.signals })).toBe(false);
  });

  test('points at infinity and negated points are refused', async () => {
    expect(await verify({ ...valid, proof: valid.proof.map(() => 0n) })).toBe(false);
    for (const y of [1, 7]) {
      const proof = altered(valid.proof, y, (c) => COORDINATE_ORDER - c);
      expect(await verify({ ...valid, proof })).toBe(false);
    }
  });

  test('too little gas reverts: it never calls a valid proof invalid', async () => {
    let refusals = 0;
    for (let gas = 150_000n; gas <= 300_000n; gas += 500n) {
      const verdict = await verify(valid, gas).catch((error: { code?: string }) => {
        refusals++;
        return error.code;
      });
      expect([true, 'chain.reverted', 'chain.rpc_failed']).toContain(verdict);
    }
    expect(refusals).toBeGreaterThan(50);
    expect(refusals).toBeLessThan(250);
  });
});

describe('the key', () => {
  const fault = ['NotCanonical', 'NotOnCurve', 'NotInSubgroup', 'Forgeable'] as const;
  const refusedFor = (reason: (typeof fault)[number]) => ({
    ...revertedWith('UnsafeVerificationKey'),
    facts: { error: 'UnsafeVerificationKey', details: String(fault.indexOf(reason)) },
  });
  /** Words of beta, gamma, delta. */
  const g2 = { beta: 2, gamma: 6, delta: 10 } as const;
  const withPoint = (at: number, point: readonly bigint[]) =>
    key.toSpliced(at, point.length, ...point);
  const pointAt = (at: number) => key.slice(at, at + 4);
  const negated = ([x1 = 0n, x0 = 0n, y1 = 0n, y0 = 0n]: readonly bigint[]) => [
    x1,
    x0,
    (COORDINATE_ORDER - y1) % COORDINATE_ORDER,
    (COORDINATE_ORDER - y0) % COORDINATE_ORDER,
  ];

  test('hashes as in TypeScript', async () => {
    const hash = await context.chain.reader.readContract({
      address: verifier,
      abi,
      functionName: 'vkeyHash',
    });
    expect(hash).toBe(verificationKeyHash(await tinyVerificationKey()));
  });

  test.each(Array.from({ length: 26 }, (_, i) => i))('word %i is below q', async (i) => {
    await expect(deploy(altered(key, i, (word) => word + COORDINATE_ORDER))).rejects.toMatchObject(
      refusedFor('NotCanonical'),
    );
  });

  test.each([0, 14, 16, 18, 20, 22, 24])('the G1 point at word %i is on the curve', async (i) => {
    await expect(deploy(altered(key, i, (x) => (x + 1n) % COORDINATE_ORDER))).rejects.toMatchObject(
      refusedFor('NotOnCurve'),
    );
    await expect(deploy(withPoint(i, [0n, 0n]))).rejects.toMatchObject(refusedFor('NotOnCurve'));
  });

  test.each(Object.entries(g2))('%s is on the twist and not infinity', async (_, at) => {
    await expect(
      deploy(altered(key, at + 2, (y) => (y + 1n) % COORDINATE_ORDER)),
    ).rejects.toMatchObject(refusedFor('NotInSubgroup'));
    await expect(deploy(withPoint(at, [0n, 0n, 0n, 0n]))).rejects.toMatchObject(
      refusedFor('NotInSubgroup'),
    );
  });

  test.each(Object.entries(g2))('%s is in the subgroup, not only on the twist', async (_, at) => {
    await expect(deploy(withPoint(at, twistPointOutsideSubgroup()))).rejects.toMatchObject(
      refusedFor('NotInSubgroup'),
    );
  });

  test.each([
    ['gamma', 'delta'],
    ['beta', 'gamma'],
    ['beta', 'delta'],
  ] as const)('%s is not %s, nor its negative', async (one, other) => {
    const point = pointAt(g2[one]);
    for (const same of [point, negated(point)]) {
      await expect(deploy(withPoint(g2[other], same))).rejects.toMatchObject(
        refusedFor('Forgeable'),
      );
    }
  });

  test('delta is not the generator', async () => {
    const { x, y } = bn254.G2.Point.BASE.toAffine();
    await expect(deploy(withPoint(g2.delta, [x.c1, x.c0, y.c1, y.c0]))).rejects.toMatchObject(
      refusedFor('Forgeable'),
    );
  });
});

/** A point that satisfies the equation of the twist but has another order, as EIP-197 words. */
function twistPointOutsideSubgroup(): bigint[] {
  const { Fp2 } = bn254.fields;
  const b = Fp2.div(Fp2.fromBigTuple([3n, 0n]), Fp2.fromBigTuple([9n, 1n]));
  for (let i = 1n; ; i++) {
    const x = Fp2.fromBigTuple([i, 1n]);
    const ySquared = Fp2.add(Fp2.mul(Fp2.sqr(x), x), b);
    try {
      const y = Fp2.sqrt(ySquared);
      const point = bn254.G2.Point.fromAffine({ x, y });
      if (!point.isTorsionFree()) return [x.c1, x.c0, y.c1, y.c0];
    } catch {
      // Not a square: no point has this x.
    }
  }
}
