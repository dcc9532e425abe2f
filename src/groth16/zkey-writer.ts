import { bn254 } from '@noble/curves/bn254.js';
import { viewOf, writeSections, writeUint256 } from './bin-file.ts';
import type { Coefficient } from './qap.ts';

const { Fp, Fr } = bn254.fields;

/** What a proving key holds; points as affine bytes in Montgomery form. */
export interface ZkeyContent {
  readonly wireCount: number;
  readonly publicCount: number;
  readonly domainSize: number;
  readonly alpha1: Uint8Array;
  readonly beta1: Uint8Array;
  readonly beta2: Uint8Array;
  readonly gamma2: Uint8Array;
  readonly delta1: Uint8Array;
  readonly delta2: Uint8Array;
  /** By public signal, the constant first. */
  readonly ic: Uint8Array;
  readonly coefficients: readonly Coefficient[];
  /** By wire. */
  readonly a: Uint8Array;
  readonly b1: Uint8Array;
  readonly b2: Uint8Array;
  /** By private wire. */
  readonly c: Uint8Array;
  /** By point of the odd coset. */
  readonly h: Uint8Array;
}

const ZKEY_VERSION = 1;
const GROTH16 = 1;
/** Hash of the circuit in the contributions section: only a ceremony chains it. */
const CIRCUIT_HASH_BYTES = 64;

/** Writes snarkjs's zkey with no contribution in it. */
export function writeZkey(content: ZkeyContent): Uint8Array {
  return writeSections('zkey', ZKEY_VERSION, [
    [1, uint32s(GROTH16)],
    [2, header(content)],
    [3, content.ic],
    [4, coefficientSection(content.coefficients)],
    [5, content.a],
    [6, content.b1],
    [7, content.b2],
    [8, content.c],
    [9, content.h],
    [10, new Uint8Array(CIRCUIT_HASH_BYTES + 4)],
  ]);
}

function header(content: ZkeyContent): Uint8Array {
  const { alpha1, beta1, beta2, gamma2, delta1, delta2 } = content;
  return concat([
    uint32s(32),
    uint256(Fp.ORDER),
    uint32s(32),
    uint256(Fr.ORDER),
    uint32s(content.wireCount, content.publicCount, content.domainSize),
    alpha1,
    beta1,
    beta2,
    gamma2,
    delta1,
    delta2,
  ]);
}

/** Values are stored twice in Montgomery form: the prover's product with a plain wire takes one off. */
function coefficientSection(coefficients: readonly Coefficient[]): Uint8Array {
  const montgomery = 1n << 256n;
  const twice = Fr.create(montgomery * montgomery);
  const bytes = new Uint8Array(4 + coefficients.length * 44);
  const view = viewOf(bytes);
  view.setUint32(0, coefficients.length, true);
  let at = 4;
  for (const { matrix, constraint, signal, value } of coefficients) {
    view.setUint32(at, matrix, true);
    view.setUint32(at + 4, constraint, true);
    view.setUint32(at + 8, signal, true);
    writeUint256(view, at + 12, Fr.mul(value, twice));
    at += 44;
  }
  return bytes;
}

function uint32s(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = viewOf(bytes);
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value, true);
  return bytes;
}

function uint256(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  writeUint256(viewOf(bytes), 0, value);
  return bytes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
