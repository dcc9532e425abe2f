import { readSections, type Sections, viewOf } from './bin-file.ts';
import { compactKeySections, isCompactKey } from './compact-key/format.ts';
import { POINT_BYTES } from './point-bytes.ts';
import type { G1, G2 } from './points.ts';
import type { ProvingKeyParts } from './proving-key.ts';
import type { VerificationKeyJson } from './verification-key.ts';
import {
  badZkey,
  HEADER_POINTS,
  readZkeyHeader,
  type ZkeyHeader,
  zkeySection,
} from './zkey-header.ts';
import { COEFFICIENT_BYTES, ZKEY_SECTION as SECTION, ZKEY } from './zkey-sections.ts';

/**
 * Reads a Groth16 zkey's header and checks that every section has the size the header calls for; of a
 * compact key the header alone, without its integrity.
 * @throws key.bad_file for a truncated, inconsistent or foreign file
 */
export function readZkey(file: Uint8Array): ZkeyHeader {
  if (isCompactKey(file)) return readZkeyHeader(compactKeySections(file));
  return checkedHeader(readSections(file, ZKEY.magic, ZKEY.version));
}

/** What a prover needs of a zkey; views of the file, not copies. @throws key.bad_file */
export function provingKeyParts(file: Uint8Array): ProvingKeyParts {
  return provingKeyPartsOf(readSections(file, ZKEY.magic, ZKEY.version));
}

/** As {@link provingKeyParts}, of a zkey's sections. @throws key.bad_file */
export function provingKeyPartsOf(sections: Sections): ProvingKeyParts {
  const { wireCount, publicCount, domainSize } = checkedHeader(sections);
  const bytes = (id: number) => sections.get(id) ?? new Uint8Array();
  const { g1, g2 } = POINT_BYTES;
  const header = bytes(SECTION.header);
  let at = HEADER_POINTS;
  const next = (length: number) => {
    at += length;
    return header.subarray(at - length, at);
  };
  const coefficients = bytes(SECTION.coefficients);
  const count = coefficients.length < 4 ? -1 : viewOf(coefficients).getUint32(0, true);
  if (coefficients.length !== 4 + count * COEFFICIENT_BYTES) {
    throw badZkey('its coefficients are not as many as it says');
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

/** snarkjs's verification_key.json of a zkey or compact key, without its redundant pairing. @throws key.bad_file */
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

function checkedHeader(sections: Sections): ZkeyHeader {
  const header = readZkeyHeader(sections);
  const { wireCount, publicCount, domainSize } = header;
  const { g1, g2 } = POINT_BYTES;
  zkeySection(sections, SECTION.a, wireCount * g1);
  zkeySection(sections, SECTION.b1, wireCount * g1);
  zkeySection(sections, SECTION.b2, wireCount * g2);
  zkeySection(sections, SECTION.c, (wireCount - publicCount - 1) * g1);
  zkeySection(sections, SECTION.h, domainSize * g1);
  return header;
}
