import { bn254 } from '@noble/curves/bn254.js';
import { type RandomBytes, systemRandom } from '../core/random.ts';
import { countedMultiples } from './counted-multiples.ts';
import { buildFixedBases } from './fixed-base.ts';
import { lagrangeAt } from './lagrange.ts';
import { qapAt } from './qap.ts';
import { readR1cs } from './r1cs.ts';
import { randomScalar } from './random-scalar.ts';
import { writeZkey } from './zkey-writer.ts';

const { Fr } = bn254.fields;

export interface DevelopmentSetupOptions {
  readonly randomness?: RandomBytes;
  /** Share of the work done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * **Development only.** A Groth16 proving key for a circuit, made by one party in seconds.
 *
 * Whoever runs this knows (tau, alpha, beta, gamma, delta) for a moment and could keep them, and
 * with them prove anything. Such a key carries no contribution, is labelled `development` in the
 * manifest and in every verdict, and production refuses it. Keys that ship come from a ceremony.
 *
 * @param r1csFile circom's r1cs over BN254
 * @returns a zkey that snarkjs accepts
 * @throws key.bad_file
 */
export async function developmentSetup(
  r1csFile: Uint8Array,
  options: DevelopmentSetupOptions = {},
): Promise<Uint8Array> {
  const { randomness = systemRandom, onProgress = () => {} } = options;
  const r1cs = readR1cs(r1csFile);
  const [tau = 0n, alpha = 0n, beta = 0n, gamma = 0n, delta = 0n] = distinctScalars(5, randomness);
  const qap = qapAt(r1cs, tau);
  const { wireCount, publicCount } = r1cs;
  const domainSize = 2 ** qap.domainPower;

  // beta·u + alpha·v + w by wire: over gamma for what the verifier adds up, over delta for the rest.
  const sums = qap.a.map((u, i) =>
    Fr.add(Fr.add(Fr.mul(beta, u), Fr.mul(alpha, qap.b[i] ?? 0n)), qap.c[i] ?? 0n),
  );
  const over = (divisor: bigint, values: readonly bigint[]) => {
    const inverse = Fr.inv(divisor);
    return values.map((value) => Fr.mul(value, inverse));
  };
  // The prover gives h·Z by its values on the odd 2N-th roots of unity; it vanishes on the even.
  const odd = lagrangeAt(tau, qap.domainPower + 1).filter((_, k) => k % 2 === 1);

  const { g1, g2 } = await buildFixedBases(wireCount + domainSize);
  // The points below, one in G2 counted as three.
  const multiples = countedMultiples(6 * wireCount - publicCount - 1 + domainSize, onProgress);

  return writeZkey({
    wireCount,
    publicCount,
    domainSize,
    alpha1: g1.multiples([alpha]),
    beta1: g1.multiples([beta]),
    beta2: g2.multiples([beta]),
    gamma2: g2.multiples([gamma]),
    delta1: g1.multiples([delta]),
    delta2: g2.multiples([delta]),
    ic: g1.multiples(over(gamma, sums.slice(0, publicCount + 1))),
    coefficients: qap.coefficients,
    a: await multiples(g1, qap.a),
    b1: await multiples(g1, qap.b),
    b2: await multiples(g2, qap.b, 3),
    c: await multiples(g1, over(delta, sums.slice(publicCount + 1))),
    h: await multiples(g1, over(delta, odd)),
  });
}

/** Random scalars in [1, r), no two equal: gamma = delta would let anyone forge proofs. */
function distinctScalars(count: number, randomness: RandomBytes): bigint[] {
  const scalars = new Set<bigint>();
  while (scalars.size < count) scalars.add(randomScalar(randomness));
  return [...scalars];
}
