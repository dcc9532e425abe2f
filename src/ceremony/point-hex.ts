import { z } from 'zod';
import { type G1, type G2, g2Words } from '../groth16/points.ts';

/** A point as snarkjs hashes it: big-endian coordinates, in G2 each with c1 first. */
export type PointHex = string;

const points = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), 'not a point in lower-case hex');
export const g1Hex = points(64);
export const g2Hex = points(128);

const word = (value: bigint) => value.toString(16).padStart(64, '0');

export function g1ToHex([x, y]: G1): PointHex {
  return word(x) + word(y);
}

export function g2ToHex(point: G2): PointHex {
  return g2Words(point).map(word).join('');
}

/** Coordinates as they stand; whether they are a point is not checked. */
export function g1FromHex(text: PointHex): G1 {
  const [x = 0n, y = 0n] = words(text);
  return [x, y];
}

/** As {@link g1FromHex}. */
export function g2FromHex(text: PointHex): G2 {
  const [x1 = 0n, x0 = 0n, y1 = 0n, y0 = 0n] = words(text);
  return [
    [x0, x1],
    [y0, y1],
  ];
}

function words(text: PointHex): bigint[] {
  return (text.match(/.{64}/g) ?? []).map((part) => BigInt(`0x${part}`));
}
