import { bn254 } from '@noble/curves/bn254.js';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { FIELD_ORDER } from '../core/field.ts';
import { readUint256, type Sections, viewOf } from './bin-file.ts';
import { POINT_BYTES } from './point-bytes.ts';
import { COORDINATE_ORDER, type G1, type G2 } from './points.ts';
import { ZKEY_SECTION as SECTION } from './zkey-sections.ts';

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

const GROTH16 = 1;
/** n8 u32 and a prime, twice. */
const FIELDS_BYTES = 2 * (4 + 32);
/** Where the header's points begin: after the fields and three counts. */
export const HEADER_POINTS = FIELDS_BYTES + 3 * 4;
const HEADER_BYTES = HEADER_POINTS + 3 * POINT_BYTES.g1 + 3 * POINT_BYTES.g2;
/** blake2b over all that does not change in phase 2. */
export const CIRCUIT_HASH_BYTES = 64;
/** Coordinates are stored as `x · 2^256 mod q`. */
const FROM_MONTGOMERY = Fp.inv(Fp.create(1n << 256n));

/** The header of a zkey by its sections protocol, header, ic and contributions. @throws key.bad_file */
export function readZkeyHeader(sections: Sections): ZkeyHeader {
  const protocol = zkeySection(sections, SECTION.protocol, 4);
  if (viewOf(protocol).getUint32(0, true) !== GROTH16) throw badZkey('it is not a Groth16 key');
  const header = zkeySection(sections, SECTION.header, HEADER_BYTES);
  const view = viewOf(header);
  const isBn254 =
    view.getUint32(0, true) === 32 &&
    readUint256(view, 4) === COORDINATE_ORDER &&
    view.getUint32(36, true) === 32 &&
    readUint256(view, 40) === FIELD_ORDER;
  if (!isBn254) throw badZkey('it is not over BN254');

  const wireCount = view.getUint32(FIELDS_BYTES, true);
  const publicCount = view.getUint32(FIELDS_BYTES + 4, true);
  const domainSize = view.getUint32(FIELDS_BYTES + 8, true);
  if (publicCount >= wireCount) throw badZkey('it has more public signals than wires');
  if (domainSize === 0 || (domainSize & (domainSize - 1)) !== 0)
    throw badZkey('its domain is no power of two');

  const { g1, g2 } = POINT_BYTES;
  const ic = viewOf(zkeySection(sections, SECTION.ic, (publicCount + 1) * g1));
  // alpha G1, beta G1, beta G2, gamma G2, delta G1, delta G2; the verifier needs no beta, delta in G1.
  return {
    wireCount,
    publicCount,
    domainSize,
    alpha: readG1(view, HEADER_POINTS),
    beta: readG2(view, HEADER_POINTS + 2 * g1),
    gamma: readG2(view, HEADER_POINTS + 2 * g1 + g2),
    delta: readG2(view, HEADER_POINTS + 3 * g1 + 2 * g2),
    ic: Array.from({ length: publicCount + 1 }, (_, i) => readG1(ic, i * g1)),
    contributions: contributionCount(sections),
  };
}

/** A section of exactly so many bytes. @throws key.bad_file */
export function zkeySection(sections: Sections, id: number, bytes: number): Uint8Array {
  const found = sections.get(id);
  if (found?.length !== bytes) throw badZkey(`section ${id} is not ${bytes} bytes`);
  return found;
}

export function badZkey(reason: string): CanbaoError {
  return new CanbaoError('key.bad_file', { kind: 'zkey', reason });
}

function contributionCount(sections: Sections): number {
  return viewOf(contributionsSection(sections)).getUint32(CIRCUIT_HASH_BYTES, true);
}

/** Hash of the circuit, then how many contributions u32, then those. @throws key.bad_file */
export function contributionsSection(sections: Sections): Uint8Array {
  const found = sections.get(SECTION.contributions);
  if (!found || found.length < CIRCUIT_HASH_BYTES + 4)
    throw badZkey('its contributions are missing');
  return found;
}

function readCoordinate(view: DataView, offset: number): bigint {
  const value = readUint256(view, offset);
  if (value >= COORDINATE_ORDER) throw badZkey('a coordinate is out of range');
  return Fp.mul(value, FROM_MONTGOMERY);
}

export function readG1(view: DataView, offset: number): G1 {
  return [readCoordinate(view, offset), readCoordinate(view, offset + 32)];
}

export function readG2(view: DataView, offset: number): G2 {
  return [readG1(view, offset), readG1(view, offset + 64)];
}
