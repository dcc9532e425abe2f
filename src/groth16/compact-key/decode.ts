import { sha256 } from '@noble/hashes/sha2.js';
import { type Sections, writeSections } from '../bin-file.ts';
import type { Group } from '../engine/kernel.ts';
import { chooseKernel } from '../engine/load-kernel.ts';
import type { ProvingKeyParts } from '../proving-key.ts';
import { provingKeyPartsOf } from '../zkey.ts';
import { readZkeyHeader } from '../zkey-header.ts';
import { ZKEY, ZKEY_SECTION } from '../zkey-sections.ts';
import { decodeCoefficients } from './coefficients.ts';
import { decompressPoints, type PointWorkers } from './decompress-points.ts';
import { badCompactKey, equalBytes, MAX_POINTS, openCompactKey } from './format.ts';
import { type PointPlaces, placePoints, readPoints } from './points.ts';

/** Sections of points in the order their points are listed in, not that of the file. */
export const POINT_SECTIONS = ['a', 'b1', 'c', 'h', 'b2'] as const;
export const groupOf = (name: (typeof POINT_SECTIONS)[number]): Group => (name === 'b2' ? 2 : 1);

/**
 * The zkey a compact key was made from, byte for byte.
 * @throws key.bad_file for a truncated, corrupt, foreign or newer file
 */
export async function decodeCompactKey(
  file: Uint8Array,
  workers?: PointWorkers,
): Promise<Uint8Array> {
  const { sections, zkeyHash } = openCompactKey(file);
  const expanded = await expand(sections, workers ?? { kernel: await chooseKernel() });
  const zkey = writeSections(ZKEY.magic, ZKEY.version, [...expanded]);
  if (!equalBytes(sha256(zkey), zkeyHash)) throw badCompactKey('it does not give its zkey back');
  return zkey;
}

/** What a prover needs, without making the zkey. @throws as {@link decodeCompactKey} */
export async function compactKeyParts(
  file: Uint8Array,
  workers: PointWorkers,
): Promise<ProvingKeyParts> {
  return provingKeyPartsOf(await expand(openCompactKey(file).sections, workers));
}

/** A zkey's sections, in their order. */
async function expand(sections: Sections, workers: PointWorkers): Promise<Sections> {
  const { wireCount, publicCount, domainSize } = readZkeyHeader(sections);
  if (wireCount > MAX_POINTS || domainSize > MAX_POINTS) throw badCompactKey('it is too large');
  const counts = {
    ...{ a: wireCount, b1: wireCount, b2: wireCount },
    ...{ c: wireCount - publicCount - 1, h: domainSize },
  };
  const bytesOf = (id: number) => {
    const bytes = sections.get(id);
    if (!bytes) throw badCompactKey(`section ${id} is missing`);
    return bytes;
  };

  const xs: Record<Group, Uint8Array[]> = { 1: [], 2: [] };
  const listed = { 1: 0, 2: 0 };
  const read = new Map<number, PointPlaces>();
  for (const name of POINT_SECTIONS) {
    const group = groupOf(name);
    const id = ZKEY_SECTION[name];
    const points = readPoints(bytesOf(id), group, counts[name], listed[group]);
    listed[group] += points.xs.length / (32 * group);
    xs[group].push(points.xs);
    read.set(id, points);
  }
  const coefficients = decodeCoefficients(bytesOf(ZKEY_SECTION.coefficients));
  const lists = await decompressPoints(xs, workers);
  return new Map(
    [...sections].map(([id, bytes]) => {
      if (id === ZKEY_SECTION.coefficients) return [id, coefficients];
      const points = read.get(id);
      return [id, points ? placePoints(points, lists[points.group]) : bytes];
    }),
  );
}
