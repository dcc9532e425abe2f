import { FpInvertBatch } from '@noble/curves/abstract/modular.js';
import { bn254 } from '@noble/curves/bn254.js';

const { Fr } = bn254.fields;

/** 2^28 divides r − 1. */
const TWO_ADICITY = 28;
/** Least quadratic non-residue modulo r: snarkjs derives its roots of unity from it, so must we. */
const NON_RESIDUE = 5n;

/** The primitive 2^power-th root of unity that snarkjs takes. @throws RangeError */
export function rootOfUnity(power: number): bigint {
  if (power < 0 || power > TWO_ADICITY) throw new RangeError(`no 2^${power}-th root of unity`);
  return Fr.pow(NON_RESIDUE, (Fr.ORDER - 1n) >> BigInt(power));
}

/**
 * Values at `tau` of the Lagrange polynomials over the 2^power-th roots of unity w^k:
 * `L_k(tau) = (tau^N − 1) / N · w^k / (tau − w^k)`, `bigint[2^power]`.
 * @throws RangeError if tau itself is a root of unity of that order
 */
export function lagrangeAt(tau: bigint, power: number): bigint[] {
  const size = 2 ** power;
  const root = rootOfUnity(power);
  const vanishing = Fr.sub(Fr.pow(tau, BigInt(size)), 1n);
  if (vanishing === 0n) throw new RangeError('tau lies in the domain');
  const points: bigint[] = [];
  for (let k = 0, point = 1n; k < size; k++, point = Fr.mul(point, root)) points.push(point);
  const inverses = FpInvertBatch(
    Fr,
    points.map((point) => Fr.sub(tau, point)),
  );
  const scale = Fr.div(vanishing, BigInt(size));
  return points.map((point, k) => Fr.mul(Fr.mul(scale, point), inverses[k] ?? 0n));
}
