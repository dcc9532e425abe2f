import type { Group } from '../engine/kernel.ts';
import { COORDINATE_ORDER } from '../points.ts';
import { ByteReader, ByteWriter } from './byte-stream.ts';
import { badCompactKey } from './format.ts';
import { alignedWords, INTEGER_WORDS, integerWords, isZero, negate, wordsKey } from './words.ts';

/**
 * Points of one group over several sections: a list of those that differ, by x and sign. In a section:
 *
 *     kind[points] (two bits each), place of a repeated one − the last such place − 1 …, x …
 *
 * The highest bit of x is the lowest of y as stored (of its second part where the first is 0): y and
 * −y = q − y never share it. Wires that a circuit squares have the same point in A and B1.
 */
const KIND = { infinity: 0, next: 1, repeated: 2, negated: 3 } as const;
const MODULUS = integerWords(COORDINATE_ORDER);

/** Words of a coordinate: 8 in G1, 16 in G2. */
const coordinateWords = (group: Group) => INTEGER_WORDS * group;

/** Sections of one group are encoded one after another: later ones name points of earlier ones. */
export function pointEncoder(group: Group): (section: Uint8Array) => Uint8Array {
  const size = coordinateWords(group);
  const known = new Map<string, { readonly place: number; readonly sign: number }>();
  return (section) => {
    const words = alignedWords(section);
    const count = words.length / (2 * size);
    const kinds = new Uint8Array(Math.ceil(count / 4));
    const places = new ByteWriter();
    const xs = new ByteWriter();
    let last = -1;
    for (let i = 0; i < count; i++) {
      const at = 2 * size * i;
      if (isZero(words, at, 2 * size)) continue;
      const x = words.slice(at, at + size);
      const sign = signOf(words, at + size, size);
      const key = wordsKey(x);
      const before = known.get(key);
      let kind: number = KIND.next;
      if (before) {
        kind = before.sign === sign ? KIND.repeated : KIND.negated;
        places.signed(before.place - last - 1);
        last = before.place;
      } else {
        known.set(key, { place: known.size, sign });
        x[size - 1] = ((x[size - 1] ?? 0) | (sign << 31)) >>> 0;
        xs.bytes(new Uint8Array(x.buffer));
      }
      kinds[i >> 2] = (kinds[i >> 2] ?? 0) | (kind << (2 * (i & 3)));
    }
    const out = new ByteWriter();
    for (const part of [kinds, places.take(), xs.take()]) out.bytes(part);
    return out.take();
  };
}

function signOf(words: Uint32Array, y: number, size: number): number {
  const isSecond = size > INTEGER_WORDS && isZero(words, y, INTEGER_WORDS);
  return (words[y + (isSecond ? INTEGER_WORDS : 0)] ?? 0) & 1;
}

/** A section whose points still have to be computed. */
export interface PointPlaces {
  readonly group: Group;
  /** By point: 0 at infinity, otherwise ±(1 + its place in the list). */
  readonly places: Int32Array;
  /** New points: x and sign, one after another. */
  readonly xs: Uint8Array;
}

/**
 * @param firstPlace points listed by earlier sections of the group
 * @throws key.bad_file
 */
export function readPoints(
  bytes: Uint8Array,
  group: Group,
  count: number,
  firstPlace: number,
): PointPlaces {
  const reader = new ByteReader(bytes);
  const kinds = reader.bytes(Math.ceil(count / 4));
  const places = new Int32Array(count);
  let next = firstPlace;
  let last = -1;
  for (let i = 0; i < count; i++) {
    const kind = ((kinds[i >> 2] ?? 0) >> (2 * (i & 3))) & 3;
    if (kind === KIND.infinity) continue;
    if (kind === KIND.next) {
      places[i] = ++next;
      continue;
    }
    last += 1 + reader.signed();
    if (last < 0 || last >= next) throw badCompactKey('a repeated point is missing');
    places[i] = kind === KIND.repeated ? last + 1 : -last - 1;
  }
  const xs = reader.bytes((next - firstPlace) * 4 * coordinateWords(group));
  reader.end();
  return { group, places, xs };
}

/** A zkey's section. @param list points of the group as zkeys store them */
export function placePoints({ group, places }: PointPlaces, list: Uint32Array): Uint8Array {
  const size = coordinateWords(group);
  const words = new Uint32Array(places.length * 2 * size);
  for (const [i, place] of places.entries()) {
    if (place === 0) continue;
    const [to, from] = [2 * size * i, 2 * size * (Math.abs(place) - 1)];
    for (let w = 0; w < 2 * size; w++) words[to + w] = list[from + w] ?? 0;
    if (place > 0) continue;
    for (let part = size; part < 2 * size; part += INTEGER_WORDS) {
      negate(words, to + part, list, from + part, MODULUS);
    }
  }
  return new Uint8Array(words.buffer);
}
