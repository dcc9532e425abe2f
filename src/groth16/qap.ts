import { bn254 } from '@noble/curves/bn254.js';
import { lagrangeAt } from './lagrange.ts';
import type { R1cs, Term } from './r1cs.ts';

const { Fr } = bn254.fields;

/** A non-zero entry of the matrix A (0) or B (1), as a proving key lists them. */
export interface Coefficient {
  readonly matrix: 0 | 1;
  readonly constraint: number;
  readonly signal: number;
  readonly value: bigint;
}

/** A circuit's quadratic arithmetic program, its polynomials evaluated at one point. */
export interface Qap {
  /** The domain has 2^domainPower roots of unity. */
  readonly domainPower: number;
  /** u_i(tau), v_i(tau), w_i(tau) by wire, `bigint[wireCount]`. */
  readonly a: readonly bigint[];
  readonly b: readonly bigint[];
  readonly c: readonly bigint[];
  readonly coefficients: readonly Coefficient[];
}

/**
 * Evaluates a circuit's polynomials at `tau`. After the constraints, one row `w[s] · 0 = 0` for
 * the constant and each public signal keeps their polynomials linearly independent: without it a
 * public signal that no constraint reads could be changed under a proof.
 */
export function qapAt(r1cs: R1cs, tau: bigint): Qap {
  const { wireCount, publicCount, constraints } = r1cs;
  const rows = constraints.length + publicCount + 1;
  const domainPower = Math.max(1, Math.ceil(Math.log2(rows)));
  const lagrange = lagrangeAt(tau, domainPower);
  const zeros = () => new Array<bigint>(wireCount).fill(0n);
  const [a, b, c] = [zeros(), zeros(), zeros()];
  const coefficients: Coefficient[] = [];

  const accumulate = (sums: bigint[], terms: readonly Term[], row: number) => {
    const weight = lagrange[row] ?? 0n;
    for (const { signal, value } of terms) {
      sums[signal] = Fr.add(sums[signal] ?? 0n, Fr.mul(value, weight));
    }
  };
  const list = (matrix: 0 | 1, terms: readonly Term[], constraint: number) => {
    for (const { signal, value } of terms) {
      coefficients.push({ matrix, constraint, signal, value });
    }
  };

  for (const [row, constraint] of constraints.entries()) {
    accumulate(a, constraint.a, row);
    accumulate(b, constraint.b, row);
    accumulate(c, constraint.c, row);
    list(0, constraint.a, row);
    list(1, constraint.b, row);
  }
  for (let signal = 0; signal <= publicCount; signal++) {
    const row = constraints.length + signal;
    accumulate(a, [{ signal, value: 1n }], row);
    list(0, [{ signal, value: 1n }], row);
  }
  return { domainPower, a, b, c, coefficients };
}
