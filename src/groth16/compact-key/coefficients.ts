import { FIELD_ORDER } from '../../core/field.ts';
import { viewOf } from '../bin-file.ts';
import { COEFFICIENT_BYTES } from '../zkey-sections.ts';
import { ByteReader, ByteWriter } from './byte-stream.ts';
import { badCompactKey, MAX_COEFFICIENTS } from './format.ts';
import { alignedWords, INTEGER_WORDS, integerWords, negate, wordsKey } from './words.ts';

/**
 * Coefficients by rows. Rows come from a few templates (a Poseidon round, a bit sum) that differ in
 * where their wires lie, and values often come with their negatives. So:
 *
 *     count, values, value[values] (32 bytes each), row …
 *     row      = place − the last place − 1, first wire − the last first wire, 0 shape | number of an earlier shape
 *     shape    = terms − 1, value, (wire − the last wire, value) …
 *     value    = 2·(0: the next of the list | i: the i-th) + (1 where negated)
 *
 * with place = 2·row + matrix, varints, and signed varints for differences.
 */
const WORDS = COEFFICIENT_BYTES / 4;
const MODULUS = integerWords(FIELD_ORDER);

/** @param section a zkey's: count u32 and so many coefficients */
export function encodeCoefficients(section: Uint8Array): Uint8Array {
  const words = alignedWords(section.subarray(4));
  const count = words.length / WORDS;
  const { signed, values } = numberValues(words);
  const place = (i: number) => 2 * (words[i * WORDS + 1] ?? 0) + (words[i * WORDS] ?? 0);
  const wire = (i: number) => words[i * WORDS + 2] ?? 0;

  const rows = new ByteWriter();
  const shapes = new Map<string, number>();
  let valuesWritten = 0;
  let [lastPlace, lastFirst] = [-1, 0];
  for (let from = 0, to = 0; from < count; from = to) {
    for (to = from + 1; to < count && place(to) === place(from); ) to++;
    rows.signed(place(from) - lastPlace - 1);
    rows.signed(wire(from) - lastFirst);
    [lastPlace, lastFirst] = [place(from), wire(from)];

    const terms: { delta: number; value: number }[] = [];
    for (let i = from; i < to; i++) {
      terms.push({ delta: i > from ? wire(i) - wire(i - 1) : 0, value: signed[i] ?? 0 });
    }
    const shape = terms.map(({ delta, value }) => `${delta}:${value}`).join();
    const known = shapes.get(shape);
    rows.varint(known ?? 0);
    if (known !== undefined) continue;
    shapes.set(shape, shapes.size + 1);
    rows.varint(terms.length - 1);
    for (const [k, { delta, value }] of terms.entries()) {
      if (k > 0) rows.signed(delta);
      const isNext = value === 2 * valuesWritten;
      rows.varint(isNext ? 0 : value + 2);
      if (isNext) valuesWritten++;
    }
  }

  const out = new ByteWriter();
  out.varint(count);
  out.varint(values.length);
  for (const value of values) out.bytes(value);
  out.bytes(rows.take());
  return out.take();
}

/** By coefficient 2·(the place of its value among those that differ) + (1 where that is the negative). */
function numberValues(words: Uint32Array): { signed: Uint32Array; values: Uint8Array[] } {
  const signed = new Uint32Array(words.length / WORDS);
  const values: Uint8Array[] = [];
  const known = new Map<string, number>();
  const negative = new Uint32Array(INTEGER_WORDS);
  for (let i = 0; i < signed.length; i++) {
    const value = words.slice(i * WORDS + 3, (i + 1) * WORDS);
    const key = wordsKey(value);
    const found = known.get(key);
    signed[i] = found ?? 2 * values.length;
    if (found !== undefined) continue;
    known.set(key, 2 * values.length);
    if (negate(negative, 0, value, 0, MODULUS)) {
      known.set(wordsKey(negative), 2 * values.length + 1);
      known.set(key, 2 * values.length); // 0 is its own negative
    }
    values.push(new Uint8Array(value.buffer));
  }
  return { signed, values };
}

/**
 * @returns a zkey's section, as {@link encodeCoefficients} took it
 * @throws key.bad_file
 */
export function decodeCoefficients(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes);
  const count = reader.varint();
  if (count > MAX_COEFFICIENTS) throw badCompactKey('it has too many coefficients');
  const values = signedValues(reader.bytes(reader.varint() * 4 * INTEGER_WORDS));
  const section = new Uint8Array(4 + count * COEFFICIENT_BYTES);
  viewOf(section).setUint32(0, count, true);
  const words = new Uint32Array(section.buffer);

  /** By shape: its first term; terms: wire differences and places in values. */
  const starts = [0];
  const deltas: number[] = [];
  const places: number[] = [];
  let nextValue = 0;
  const readShape = (most: number) => {
    const terms = reader.varint() + 1;
    if (terms > most) throw badCompactKey('a row is too long');
    for (let k = 0; k < terms; k++) {
      deltas.push(k > 0 ? reader.signed() : 0);
      const code = reader.varint();
      const value = code < 2 ? nextValue++ : (code >> 1) - 1;
      places.push((2 * value + (code & 1)) * INTEGER_WORDS);
      if (value >= values.count || (code & 1 && !values.hasNegative(value))) {
        throw badCompactKey('a value is missing');
      }
    }
    starts.push(deltas.length);
  };

  let [place, first, at] = [-1, 0, 1];
  const end = 1 + count * WORDS;
  while (at < end) {
    place += 1 + reader.signed();
    first += reader.signed();
    const shape = reader.varint() || starts.length;
    const most = (end - at) / WORDS;
    if (shape === starts.length) readShape(most);
    const [from, to] = [starts[shape - 1], starts[shape]];
    if (from === undefined || to === undefined || to - from > most || place < 0) {
      throw badCompactKey('a row is malformed');
    }
    const [matrix, row] = [place % 2, Math.floor(place / 2)];
    let wire = first;
    for (let k = from; k < to; k++, at += WORDS) {
      wire += deltas[k] ?? 0;
      if (wire < 0) throw badCompactKey('a wire is negative');
      words[at] = matrix;
      words[at + 1] = row;
      words[at + 2] = wire;
      const value = places[k] ?? 0;
      for (let w = 0; w < INTEGER_WORDS; w++) words[at + 3 + w] = values.words[value + w] ?? 0;
    }
  }
  reader.end();
  return section;
}

/** Every value, and after it its negative. */
function signedValues(bytes: Uint8Array) {
  const list = alignedWords(bytes);
  const count = list.length / INTEGER_WORDS;
  const words = new Uint32Array(2 * list.length);
  const negatives = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const [from, to] = [i * INTEGER_WORDS, 2 * i * INTEGER_WORDS];
    words.set(list.subarray(from, from + INTEGER_WORDS), to);
    negatives[i] = negate(words, to + INTEGER_WORDS, list, from, MODULUS) ? 1 : 0;
  }
  return { count, words, hasNegative: (i: number) => negatives[i] === 1 };
}
