import type { RandomBytes } from '../core/random.ts';
import { loadPairing } from './pairing/load-pairing.ts';
import type { Pairing, ProofClaim } from './pairing/pairing.ts';
import { isWellFormed } from './verify-proof.ts';

/** Bounds the memory and the work that one bad proof spoils. */
const CLAIMS_AT_ONCE = 256;
const WEIGHT_BYTES = 16;

/**
 * Whether each proof holds, as `verifyProof` would answer, several times faster: the equations, each
 * to the power of a random weight, are multiplied and checked at once; where the product fails, its
 * halves are. Proofs may be of several keys.
 *
 * A batch with a bad proof passes with probability at most 2^-128 each time a product is checked:
 * in a group of prime order r, for any errors not all one, at most one in 2^128 choices of a weight
 * makes them cancel. That needs every equation to be one of a group of order r, hence the subgroup
 * check of every B first: of a point with a small factor in its order, weights are seen only modulo
 * that factor, and the pairing is not bilinear.
 * @param random must not be predictable to whoever makes the proofs; drawn after the proofs are there
 * @returns one answer a claim, in order
 */
export async function verifyBatch(
  claims: readonly ProofClaim[],
  random: RandomBytes,
): Promise<boolean[]> {
  const pairing = await loadPairing();
  const answers = claims.map(() => false);
  const sound = [...claims.keys()].filter((i) => isWellFormed(claimAt(claims, i), pairing));
  for (let start = 0; start < sound.length; start += CLAIMS_AT_ONCE) {
    const indices = sound.slice(start, start + CLAIMS_AT_ONCE);
    for (const i of holdingOf(indices, claims, random, pairing)) answers[i] = true;
  }
  return answers;
}

/** Which of the claims at `indices` hold; `isBad` where it is known that not all of them do. */
function holdingOf(
  indices: readonly number[],
  claims: readonly ProofClaim[],
  random: RandomBytes,
  pairing: Pairing,
  isBad = false,
): readonly number[] {
  const chosen = indices.map((i) => claimAt(claims, i));
  const weights = chosen.length === 1 ? undefined : chosen.map(() => weight(random));
  if (!isBad && pairing.holds(chosen, weights)) return indices;
  if (indices.length === 1) return [];
  const middle = indices.length >> 1;
  const left = holdingOf(indices.slice(0, middle), claims, random, pairing);
  // A product of good equations never fails: what is wrong is then in the other half.
  const isRightBad = left.length === middle;
  return [...left, ...holdingOf(indices.slice(middle), claims, random, pairing, isRightBad)];
}

/** Uniform in [1, 2^128]: never zero, which would leave a proof out. */
function weight(random: RandomBytes): bigint {
  return random(WEIGHT_BYTES).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + 1n;
}

function claimAt(claims: readonly ProofClaim[], i: number): ProofClaim {
  const claim = claims[i];
  if (!claim) throw new RangeError(`no claim ${i}`);
  return claim;
}
