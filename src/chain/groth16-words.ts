import { encodeAbiParameters, type Hex, keccak256 } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { ErrorCode } from '../core/errors/catalogue.ts';
import type { ProofWords } from './types.ts';

/** Order q of BN254's base field: coordinates. */
const COORDINATE_ORDER =
  21888242871839275222246405745257275088696311157297823662689037894645226208583n;
const CANONICAL_DECIMAL = /^(0|[1-9][0-9]{0,76})$/;
/** alpha 2, beta 4, gamma 4, delta 4, IC 6 × 2. */
const KEY_WORDS = 26;

/** The constructor argument of `Groth16Verifier.sol`, `bigint[26]`. */
export type VerificationKeyWords = readonly bigint[] & { readonly length: typeof KEY_WORDS };

/** The part of snarkjs's `verification_key.json` that verifies; points are projective decimals. */
export interface SnarkjsVerificationKey {
  readonly nPublic: number;
  readonly vk_alpha_1: readonly string[];
  readonly vk_beta_2: readonly (readonly string[])[];
  readonly vk_gamma_2: readonly (readonly string[])[];
  readonly vk_delta_2: readonly (readonly string[])[];
  readonly IC: readonly (readonly string[])[];
}

/** snarkjs's `proof.json`. */
export interface SnarkjsProof {
  readonly pi_a: readonly string[];
  readonly pi_b: readonly (readonly string[])[];
  readonly pi_c: readonly string[];
}

/** A verification key as the contract takes it. @throws chain.bad_key */
export function verificationKeyWords(key: SnarkjsVerificationKey): VerificationKeyWords {
  const code = 'chain.bad_key';
  const words = [
    ...g1Words(key.vk_alpha_1, code),
    ...g2Words(key.vk_beta_2, code),
    ...g2Words(key.vk_gamma_2, code),
    ...g2Words(key.vk_delta_2, code),
    ...key.IC.flatMap((point) => g1Words(point, code)),
  ];
  if (key.nPublic !== 5 || words.length !== KEY_WORDS) {
    throw new CanbaoError(code, { reason: `${key.nPublic} public signals` });
  }
  return words as unknown as VerificationKeyWords;
}

/** `keccak256(abi.encode(words))`: what `Groth16Verifier.vkeyHash` returns. */
export function verificationKeyHash(words: VerificationKeyWords): Hex {
  return keccak256(encodeAbiParameters([{ type: 'uint256[26]' }], [keyTuple(words)]));
}

/** A proof as the contract takes it. @throws chain.bad_proof */
export function proofWords(proof: SnarkjsProof): ProofWords {
  const code = 'chain.bad_proof';
  return [
    ...g1Words(proof.pi_a, code),
    ...g2Words(proof.pi_b, code),
    ...g1Words(proof.pi_c, code),
  ] as unknown as ProofWords;
}

/** viem's tuple type of 26 words. */
export function keyTuple(words: VerificationKeyWords) {
  return words as unknown as Parameters<
    typeof encodeAbiParameters<[{ type: 'uint256[26]' }]>
  >[1][0];
}

/** x, y of an affine point (third coordinate 1). */
function g1Words(point: readonly string[], code: ErrorCode): bigint[] {
  if (point.length !== 3 || point[2] !== '1') throw new CanbaoError(code, { reason: 'a G1 point' });
  return [coordinate(point[0], code), coordinate(point[1], code)];
}

/** x.c1, x.c0, y.c1, y.c0: the EVM writes the higher coefficient first, snarkjs the lower. */
function g2Words(point: readonly (readonly string[])[], code: ErrorCode): bigint[] {
  const [x, y, z] = point;
  if (point.length !== 3 || x?.length !== 2 || y?.length !== 2 || z?.join() !== '1,0') {
    throw new CanbaoError(code, { reason: 'a G2 point' });
  }
  return [x[1], x[0], y[1], y[0]].map((text) => coordinate(text, code));
}

function coordinate(text: string | undefined, code: ErrorCode): bigint {
  const value = CANONICAL_DECIMAL.test(text ?? '') ? BigInt(text ?? '') : COORDINATE_ORDER;
  if (value >= COORDINATE_ORDER) throw new CanbaoError(code, { reason: 'a coordinate' });
  return value;
}
