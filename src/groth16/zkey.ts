import { bn254 } from '@noble/curves/bn254.js';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { FIELD_ORDER } from '../core/field.ts';
import { readSections, readUint256, type Sections, viewOf } from './bin-file.ts';
import { POINT_BYTES } from './point-bytes.ts';
import { COORDINATE_ORDER, type G1, type G2 } from './points.ts';
import type { ProvingKeyParts } from './proving-key.ts';
import type { VerificationKeyJson } from './verification-key.ts';

const { Fp } = bn254.fields;

/** What a proving key says of itself. */
export interface ZkeyHeader {
  readonly wireCount: number;
  readonly publicCount: number;
  /** A power of two. */
  readonly domainSize: number;
  readonly alpha: G1;
  readonly beta: G2;
  readonly gamma: G2;
  readonly delta: G2;
  /** By public signal, the constant first. */
  readonly ic: readonly G1[];
  /** Phase 2 contributions listed in the file; 0 for a development key. Their proofs are not checked here. */
  readonly contributions: number;
}

const ZKEY_VERSION = 1;
const GROTH16 = 1;
const SECTION = {
  protocol: 1,
  header: 2,
  ic: 3,
  coefficients: 4,
  a: 5,
  b1: 6,
  b2: 7,
  c: 8,
  h: 9,
  contributions: 10,
} as const;
/** n8 u32 and a prime, twice. */
const FIELDS_BYTES = 2 * (4 + 32);
const HEADER_BYTES = FIELDS_BYTES + 3 * 4 + 3 * POINT_BYTES.g1 + 3 * POINT_BYTES.g2;
const CIRCUIT_HASH_BYTES = 64;
/** Matrix, row and wire, u32 each, and the value. */
const COEFFICIENT_BYTES = 44;
/** Coordinates are stored as `x · 2^256 mod q`. */
const FROM_MONTGOMERY = Fp.inv(Fp.create(1n << 256n));

/**
 * Reads a Groth16 zkey's header and checks that every section has the size the header calls for.
 * @throws key.bad_file for a truncated, inconsistent or foreign file
 */
export function readZkey(file: Uint8Array): ZkeyHeader {
  const sections = readSections(file, 'zkey', ZKEY_VERSION);
  const protocol = section(sections, SECTION.protocol, 4);
  if (viewOf(protocol).getUint32(0, true) !== GROTH16) throw bad('it is not a Groth16 key');
  const header = section(sections, SECTION.header, HEADER_BYTES);
  const view = viewOf(header);
  const isBn254 =
    view.getUint32(0, true) === 32 &&
    readUint256(view, 4) === COORDINATE_ORDER &&
    view.getUint32(36, true) === 32 &&
    readUint256(view, 40) === FIELD_ORDER;
  if (!isBn254) throw bad('it is not over BN254');

  const wireCount = view.getUint32(FIELDS_BYTES, true);
  const publicCount = view.getUint32(FIELDS_BYTES + 4, true);
  const domainSize = view.getUint32(FIELDS_BYTES + 8, true);
  if (publicCount >= wireCount) throw bad('it has more public signals than wires');
  if (domainSize === 0 || (domainSize & (domainSize - 1)) !== 0)
    throw bad('its domain is no power of two');

  const { g1, g2 } = POINT_BYTES;
  const ic = viewOf(section(sections, SECTION.ic, (publicCount + 1) * g1));
  section(sections, SECTION.a, wireCount * g1);
  section(sections, SECTION.b1, wireCount * g1);
  section(sections, SECTION.b2, wireCount * g2);
  section(sections, SECTION.c, (wireCount - publicCount - 1) * g1);
  section(sections, SECTION.h, domainSize * g1);

  // alpha G1, beta G1, beta G2, gamma G2, delta G1, delta G2; the verifier needs no beta, delta in G1.
  const points = FIELDS_BYTES + 12;
  const alpha = readG1(view, points);
  const beta = readG2(view, points + 2 * g1);
  const gamma = readG2(view, points + 2 * g1 + g2);
  const delta = readG2(view, points + 3 * g1 + 2 * g2);
  return {
    wireCount,
    publicCount,
    domainSize,
    alpha,
    beta,
    gamma,
    delta,
    ic: Array.from({ length: publicCount + 1 }, (_, i) => readG1(ic, i * g1)),
    contributions: contributionCount(sections),
  };
}

/** What a prover needs of a zkey; views of the file, not copies. @throws key.bad_file */
export function provingKeyParts(file: Uint8Array): ProvingKeyParts {
  const { wireCount, publicCount, domainSize } = readZkey(file);
  const sections = readSections(file, 'zkey', ZKEY_VERSION);
  const bytes = (id: number) => sections.get(id) ?? new Uint8Array();
  const { g1, g2 } = POINT_BYTES;
  const header = bytes(SECTION.header);
  let at = FIELDS_BYTES + 12;
  const next = (length: number) => {
    at += length;
    return header.subarray(at - length, at);
  };
  const coefficients = bytes(SECTION.coefficients);
  const count = coefficients.length < 4 ? -1 : viewOf(coefficients).getUint32(0, true);
  if (coefficients.length !== 4 + count * COEFFICIENT_BYTES) {
    throw bad('its coefficients are not as many as it says');
  }
  const [alpha1, beta1, beta2] = [next(g1), next(g1), next(g2)];
  next(g2); // gamma is the verifier's
  const [delta1, delta2] = [next(g1), next(g2)];
  return {
    wireCount,
    publicCount,
    domainPower: Math.log2(domainSize),
    ...{ alpha1, beta1, beta2, delta1, delta2 },
    a: bytes(SECTION.a),
    b1: bytes(SECTION.b1),
    b2: bytes(SECTION.b2),
    c: bytes(SECTION.c),
    h: bytes(SECTION.h),
    coefficients: coefficients.subarray(4),
  };
}

/** snarkjs's verification_key.json of a zkey, without its redundant pairing. @throws key.bad_file */
export function verificationKeyFromZkey(file: Uint8Array): VerificationKeyJson {
  const { alpha, beta, gamma, delta, ic, publicCount } = readZkey(file);
  const pair = ([x, y]: readonly [bigint, bigint]) => [String(x), String(y)];
  const json1 = (point: G1) => [...pair(point), '1'];
  const json2 = ([x, y]: G2) => [pair(x), pair(y), ['1', '0']];
  return {
    protocol: 'groth16',
    curve: 'bn128',
    nPublic: publicCount,
    vk_alpha_1: json1(alpha),
    vk_beta_2: json2(beta),
    vk_gamma_2: json2(gamma),
    vk_delta_2: json2(delta),
    IC: ic.map(json1),
  };
}

function bad(reason: string): CanbaoError {
  return new CanbaoError('key.bad_file', { kind: 'zkey', reason });
}

function section(sections: Sections, id: number, bytes: number): Uint8Array {
  const found = sections.get(id);
  if (found?.length !== bytes) throw bad(`section ${id} is not ${bytes} bytes`);
  return found;
}

function contributionCount(sections: Sections): number {
  const found = sections.get(SECTION.contributions);
  if (!found || found.length < CIRCUIT_HASH_BYTES + 4) throw bad('its contributions are missing');
  return viewOf(found).getUint32(CIRCUIT_HASH_BYTES, true);
}

function readCoordinate(view: DataView, offset: number): bigint {
  const value = readUint256(view, offset);
  if (value >= COORDINATE_ORDER) throw bad('a coordinate is out of range');
  return Fp.mul(value, FROM_MONTGOMERY);
}

function readG1(view: DataView, offset: number): G1 {
  return [readCoordinate(view, offset), readCoordinate(view, offset + 32)];
}

function readG2(view: DataView, offset: number): G2 {
  return [readG1(view, offset), readG1(view, offset + 64)];
}
