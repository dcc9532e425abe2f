import createModule from 'mcl-wasm/dist/mcl_c.js';
import { FIELD_ORDER } from '../../core/field.ts';
import { areCoordinates } from '../points.ts';
import type { Groth16Proof } from '../proof.ts';
import type { VerificationKey } from '../verification-key.ts';
import { type Address, MclHeap, SIZE } from './mcl-heap.ts';
import { type PreparedKey, preparedKeys } from './mcl-keys.ts';
import { subgroupCheck } from './mcl-subgroup.ts';
import type { Pairing, ProofClaim } from './pairing.ts';

/** A claim with its weight in the product. */
type Weighted = ProofClaim & { readonly weight: bigint };

/** mcl's pairing. @throws where WebAssembly is missing, or forbidden by a page's policy */
export async function mclPairing(): Promise<Pairing> {
  return pairingOn(await MclHeap.load(createModule));
}

export function pairingOn(heap: MclHeap): Pairing {
  const { mcl } = heap;
  const prepared = preparedKeys(heap);
  const isInSubgroup = subgroupCheck(heap);

  const areGroupPoints = ({ a, b, c }: Groth16Proof) =>
    areCoordinates([...a, ...b.flat(), ...c]) &&
    heap.borrow(SIZE.g2, (at) => {
      heap.writeG1(at, a);
      if (mcl._mclBnG1_isValid(at) !== 1) return false;
      heap.writeG1(at, c);
      if (mcl._mclBnG1_isValid(at) !== 1) return false;
      heap.writeG2(at, b);
      return mcl._mclBnG2_isValid(at) === 1 && isInSubgroup(at);
    });

  /** `f = Π millerLoop(−weight·A, B)`: the loops share their squarings. */
  const proofLoops = (f: Address, claims: readonly Weighted[]) => {
    heap.borrow(claims.length * (SIZE.g1 + SIZE.g2) + SIZE.fr, (as) => {
      const bs = as + claims.length * SIZE.g1;
      const scalar = bs + claims.length * SIZE.g2;
      for (const [i, { proof, weight }] of claims.entries()) {
        const a = as + i * SIZE.g1;
        heap.writeG1(a, proof.a);
        mcl._mclBnG1_neg(a, a);
        if (weight !== 1n) {
          heap.writeFr(scalar, weight);
          mcl._mclBnG1_mul(a, a, scalar);
        }
        heap.writeG2(bs + i * SIZE.g2, proof.b);
      }
      mcl._mclBn_millerLoopVec(f, as, bs, claims.length);
    });
  };

  /** `sum = Σ weight·C`. */
  const sumOfC = (sum: Address, claims: readonly Weighted[]) => {
    const [only] = claims;
    if (claims.length === 1 && only?.weight === 1n) return heap.writeG1(sum, only.proof.c);
    heap.borrow(claims.length * (SIZE.g1 + SIZE.fr), (cs) => {
      const scalars = cs + claims.length * SIZE.g1;
      for (const [i, { proof, weight }] of claims.entries()) {
        heap.writeG1(cs + i * SIZE.g1, proof.c);
        heap.writeFr(scalars + i * SIZE.fr, weight);
      }
      mcl._mclBnG1_mulVec(sum, cs, scalars, claims.length);
    });
  };

  /** `sum = Σ weight·(IC[0] + Σ signals[i]·IC[i+1])`: weights are summed before any point is touched. */
  const publicPoint = (
    sum: Address,
    { ic }: PreparedKey,
    claims: readonly Weighted[],
    total: bigint,
  ) => {
    const count = claims[0]?.signals.length ?? 0;
    heap.borrow((count + 1) * SIZE.fr, (scalars) => {
      heap.writeFr(scalars, total);
      for (let i = 0; i < count; i++) {
        heap.writeFr(
          scalars + (i + 1) * SIZE.fr,
          sumOf(claims, ({ weight, signals }) => weight * (signals[i] ?? 0n)),
        );
      }
      mcl._mclBnG1_mulVec(sum, ic, scalars, count + 1);
    });
  };

  /**
   * `f = f · millerLoop(public point, gamma) · millerLoop(Σ weight·C, delta)`, and
   * `constant = constant · e(alpha, beta)^Σweight`.
   */
  const keyLoops = (f: Address, constant: Address, claims: readonly Weighted[], key: PreparedKey) =>
    heap.borrow(2 * SIZE.g1 + SIZE.gt + SIZE.fr, (p) => {
      const c = p + SIZE.g1;
      const factor = c + SIZE.g1;
      const exponent = factor + SIZE.gt;
      const total = sumOf(claims, ({ weight }) => weight);
      publicPoint(p, key, claims, total);
      sumOfC(c, claims);
      mcl._mclBn_precomputedMillerLoop2(factor, p, key.gammaLines, c, key.deltaLines);
      mcl._mclBnGT_mul(f, f, factor);
      heap.writeFr(exponent, total);
      mcl._mclBnGT_pow(factor, key.alphaBeta, exponent);
      mcl._mclBnGT_mul(constant, constant, factor);
    });

  const holds = (claims: readonly ProofClaim[], weights?: readonly bigint[]) => {
    const weighted = claims.map((claim, i) => ({ ...claim, weight: weights?.[i] ?? 1n }));
    return heap.borrow(2 * SIZE.gt, (f) => {
      const constant = f + SIZE.gt;
      heap.writeOne(constant);
      proofLoops(f, weighted);
      for (const [key, ofKey] of byKey(weighted)) {
        keyLoops(f, constant, ofKey, prepared(key));
      }
      mcl._mclBn_finalExp(f, f);
      mcl._mclBnGT_mul(f, f, constant);
      return mcl._mclBnGT_isOne(f) === 1;
    });
  };
  return { name: 'mcl', areGroupPoints, holds };
}

/** In [0, r). */
function sumOf(claims: readonly Weighted[], term: (claim: Weighted) => bigint): bigint {
  return claims.reduce((sum, claim) => sum + term(claim), 0n) % FIELD_ORDER;
}

function byKey(claims: readonly Weighted[]): Map<VerificationKey, Weighted[]> {
  const groups = new Map<VerificationKey, Weighted[]>();
  for (const claim of claims) {
    const group = groups.get(claim.key);
    if (group) group.push(claim);
    else groups.set(claim.key, [claim]);
  }
  return groups;
}
