import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { g1Pair, g2Pair, snarkjsG1, snarkjsG2 } from './json.ts';
import { COORDINATE_ORDER, type G1, type G2, g2Words } from './points.ts';

/** A Groth16 proof over BN254. Decoded means canonical coordinates; `verifyProof` checks the points. */
export interface Groth16Proof {
  readonly a: G1;
  readonly b: G2;
  readonly c: G1;
}

/** A proof as it stands in a presentation: decimals, `b` as `[[x.c0, x.c1], [y.c0, y.c1]]`. */
export interface Groth16ProofJson {
  readonly a: readonly [string, string];
  readonly b: readonly [readonly [string, string], readonly [string, string]];
  readonly c: readonly [string, string];
}

/** snarkjs's proof.json. */
export interface SnarkjsProof {
  readonly pi_a: readonly string[];
  readonly pi_b: readonly (readonly string[])[];
  readonly pi_c: readonly string[];
  readonly protocol: 'groth16';
  readonly curve: 'bn128';
}

/** Schema of {@link Groth16ProofJson}; decodes to a {@link Groth16Proof}. */
export const proofSchema = z.strictObject({ a: g1Pair, b: g2Pair, c: g1Pair });

const snarkjsSchema = z.strictObject({
  pi_a: snarkjsG1,
  pi_b: snarkjsG2,
  pi_c: snarkjsG1,
  protocol: z.literal('groth16'),
  curve: z.literal('bn128'),
});

/** @throws proof.malformed for anything but snarkjs's exact form with canonical coordinates */
export function proofFromSnarkjs(json: unknown): Groth16Proof {
  const parsed = snarkjsSchema.safeParse(json);
  if (!parsed.success)
    throw new CanbaoError('proof.malformed', { reason: firstIssue(parsed.error) });
  const { pi_a: a, pi_b: b, pi_c: c } = parsed.data;
  return { a, b, c };
}

/** What stock snarkjs verifies. */
export function proofToSnarkjs(proof: Groth16Proof): SnarkjsProof {
  const { a, b, c } = proofToJson(proof);
  return {
    pi_a: [...a, '1'],
    pi_b: [[...b[0]], [...b[1]], ['1', '0']],
    pi_c: [...c, '1'],
    protocol: 'groth16',
    curve: 'bn128',
  };
}

export function proofToJson({ a, b, c }: Groth16Proof): Groth16ProofJson {
  const pair = ([x, y]: readonly [bigint, bigint]) => [String(x), String(y)] as const;
  return { a: pair(a), b: [pair(b[0]), pair(b[1])], c: pair(c) };
}

/** Eight words as contracts take them: a.x, a.y, b.x.c1, b.x.c0, b.y.c1, b.y.c0, c.x, c.y. */
export function proofToWords({ a, b, c }: Groth16Proof): bigint[] {
  return [...a, ...g2Words(b), ...c];
}

/** The inverse of {@link proofToWords}. @throws proof.malformed */
export function proofFromWords(words: readonly bigint[]): Groth16Proof {
  const valid = words.every((word) => word >= 0n && word < COORDINATE_ORDER);
  const [ax, ay, bx1, bx0, by1, by0, cx, cy] = words as Words;
  if (words.length !== 8 || !valid) {
    throw new CanbaoError('proof.malformed', { reason: 'it is not 8 words below the field order' });
  }
  return {
    a: [ax, ay],
    b: [
      [bx0, bx1],
      [by0, by1],
    ],
    c: [cx, cy],
  };
}

type Words = [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
