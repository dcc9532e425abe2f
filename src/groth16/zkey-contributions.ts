import { readSections, viewOf } from './bin-file.ts';
import { POINT_BYTES } from './point-bytes.ts';
import type { G1, G2 } from './points.ts';
import {
  badZkey,
  CIRCUIT_HASH_BYTES,
  contributionsSection,
  readG1,
  readG2,
} from './zkey-header.ts';
import { ZKEY } from './zkey-sections.ts';

/** One contribution to phase 2 as a zkey lists it. Nothing of it is checked here. */
export interface ZkeyContribution {
  /** delta · G1 with this contribution in it. */
  readonly delta1: G1;
  /** A random point s, and secret · s. */
  readonly g1s: G1;
  readonly g1sx: G1;
  /** secret · sp, where sp follows from the transcript. */
  readonly g2spx: G2;
  /** blake2b over the circuit, all contributions before, s and secret · s; 64 bytes. */
  readonly transcript: Uint8Array;
  readonly name: string | undefined;
  /** Where it is no person's. */
  readonly beacon: { readonly value: Uint8Array; readonly iterations: number } | undefined;
}

export interface ZkeyContributions {
  /** blake2b over all of the key that contributions do not change, 64 bytes. */
  readonly circuitHash: Uint8Array;
  readonly contributions: readonly ZkeyContribution[];
}

const TYPE = { person: 0, beacon: 1 } as const;
const PARAMETER = { name: 1, iterations: 2, beacon: 3 } as const;
const HASH_BYTES = 64;
const { g1, g2 } = POINT_BYTES;

/** Reads the contributions of a zkey. @throws key.bad_file */
export function readZkeyContributions(file: Uint8Array): ZkeyContributions {
  const bytes = contributionsSection(readSections(file, ZKEY.magic, ZKEY.version));
  const view = viewOf(bytes);
  let at = CIRCUIT_HASH_BYTES;
  const take = (length: number): number => {
    if (length > bytes.length - at) throw badZkey('its contributions end early');
    at += length;
    return at - length;
  };
  const uint32 = () => view.getUint32(take(4), true);

  const one = (): ZkeyContribution => {
    const delta1 = readG1(view, take(g1));
    const g1s = readG1(view, take(g1));
    const g1sx = readG1(view, take(g1));
    const g2spx = readG2(view, take(g2));
    const transcript = bytes.slice(take(HASH_BYTES), at);
    const type = uint32();
    if (type !== TYPE.person && type !== TYPE.beacon) throw badZkey('a contribution is of no kind');
    const length = uint32();
    const { name, iterations, value } = readParameters(bytes.subarray(take(length), at));
    if (type === TYPE.person) {
      if (iterations !== undefined || value) throw badZkey('a person contributed a beacon');
      return { delta1, g1s, g1sx, g2spx, transcript, name, beacon: undefined };
    }
    if (iterations === undefined || !value) throw badZkey('a beacon lacks its value');
    return { delta1, g1s, g1sx, g2spx, transcript, name, beacon: { value, iterations } };
  };

  const count = view.getUint32(take(4), true);
  const contributions: ZkeyContribution[] = [];
  while (contributions.length < count) contributions.push(one());
  if (at !== bytes.length) throw badZkey('bytes follow its last contribution');
  return { circuitHash: bytes.slice(0, CIRCUIT_HASH_BYTES), contributions };
}

/** Each its kind u8 and its value, in ascending order. */
function readParameters(bytes: Uint8Array) {
  let name: string | undefined;
  let iterations: number | undefined;
  let value: Uint8Array | undefined;
  let last = 0;
  for (let at = 0; at < bytes.length; ) {
    const kind = bytes[at++] ?? 0;
    if (kind <= last) throw badZkey('parameters of a contribution are out of order');
    last = kind;
    const length = bytes[at++] ?? 0;
    if (kind === PARAMETER.iterations) {
      iterations = length;
      continue;
    }
    const content = bytes.slice(at, at + length);
    if (content.length !== length) throw badZkey('a parameter of a contribution ends early');
    at += length;
    if (kind === PARAMETER.name) name = new TextDecoder().decode(content);
    else if (kind === PARAMETER.beacon) value = content;
    else throw badZkey('a parameter of a contribution is unknown');
  }
  return { name, iterations, value };
}
