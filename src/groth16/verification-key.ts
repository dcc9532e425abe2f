import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { snarkjsG1, snarkjsG2 } from './json.ts';
import {
  equalG2,
  type G1,
  type G2,
  G2_GENERATOR,
  g2Words,
  isG1,
  isG2,
  negateG2,
} from './points.ts';

/** Public signals of every statement: nullifier, epochRoot, scope, requestHash, params. */
const PUBLIC_SIGNALS = 5;

/** A decoded verification key: every point is in its group and none is at infinity. */
export interface VerificationKey {
  readonly alpha: G1;
  readonly beta: G2;
  readonly gamma: G2;
  readonly delta: G2;
  /** `G1[6]`: of the constant, then of each public signal. */
  readonly ic: readonly G1[];
}

/** snarkjs's verification_key.json. */
export interface VerificationKeyJson {
  readonly protocol: 'groth16';
  readonly curve: 'bn128';
  readonly nPublic: number;
  readonly vk_alpha_1: readonly string[];
  readonly vk_beta_2: readonly (readonly string[])[];
  readonly vk_gamma_2: readonly (readonly string[])[];
  readonly vk_delta_2: readonly (readonly string[])[];
  readonly IC: readonly (readonly string[])[];
}

const onCurve = snarkjsG1.refine(isG1, 'not a point of G1');
const inSubgroup = snarkjsG2.refine(isG2, 'not a point of the subgroup G2');
const schema = z.strictObject({
  protocol: z.literal('groth16'),
  curve: z.literal('bn128'),
  nPublic: z.literal(PUBLIC_SIGNALS),
  vk_alpha_1: onCurve,
  vk_beta_2: inSubgroup,
  vk_gamma_2: inSubgroup,
  vk_delta_2: inSubgroup,
  /** A convenience of snarkjs: recomputed here, never believed. */
  vk_alphabeta_12: z.unknown().optional(),
  IC: z.array(onCurve).length(PUBLIC_SIGNALS + 1),
});

/** Reads snarkjs's verification_key.json. About 20 ms. @throws key.bad_file */
export function decodeVerificationKey(json: unknown): VerificationKey {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const reason = firstIssue(parsed.error);
    throw new CanbaoError('key.bad_file', { kind: 'verification key', reason });
  }
  const key = parsed.data;
  return {
    alpha: key.vk_alpha_1,
    beta: key.vk_beta_2,
    gamma: key.vk_gamma_2,
    delta: key.vk_delta_2,
    ic: key.IC,
  };
}

/**
 * Refuses a key under which anybody can forge: where two of beta, gamma and delta agree (up to
 * sign), pairings of the equation merge and can be solved without a witness; where delta is the
 * generator, phase 2 was skipped.
 * @throws key.unsafe
 */
export function assertSafeKey(key: VerificationKey, statement: string): void {
  const unsafe = (reason: string) => new CanbaoError('key.unsafe', { statement, reason });
  const same = (a: G2, b: G2) => equalG2(a, b) || equalG2(a, negateG2(b));
  if (same(key.gamma, key.delta)) throw unsafe('gamma = delta');
  if (same(key.beta, key.gamma)) throw unsafe('beta = gamma');
  if (same(key.beta, key.delta)) throw unsafe('beta = delta');
  if (same(key.delta, G2_GENERATOR)) throw unsafe('delta is the generator');
}

/**
 * The 26 words a contract is deployed with: alpha (x, y); beta, gamma, delta (x.c1, x.c0, y.c1,
 * y.c0); IC[0..5] (x, y).
 */
export function verificationKeyWords(key: VerificationKey): bigint[] {
  return [
    ...key.alpha,
    ...g2Words(key.beta),
    ...g2Words(key.gamma),
    ...g2Words(key.delta),
    ...key.ic.flat(),
  ];
}

/** keccak256 of {@link verificationKeyWords}, 32 big-endian bytes each: the contract's `vkeyHash()`. */
export function verificationKeyHash(key: VerificationKey): `0x${string}` {
  const hex = verificationKeyWords(key).map((word) => word.toString(16).padStart(64, '0'));
  return `0x${bytesToHex(keccak_256(hexToBytes(hex.join(''))))}`;
}
