import { FIELD_ORDER } from '../../../src/core/field.ts';
import type { PresentationJson } from '../../../src/request/presentation.ts';
import type { Random } from '../../../test/support/random.ts';

/** Order q of the base field: coordinates of a proof lie below it. */
const BASE_ORDER = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;

/** A presentation changed in one way. */
export interface Mutation {
  readonly what: string;
  readonly json: unknown;
  /** Still in its one accepted form: library and contract must both judge it, and agree. */
  readonly isCanonical: boolean;
}

type Json = PresentationJson;

/** Places of the numbers in a presentation: two signals, eight coordinates. */
const numbers: readonly {
  name: string;
  limit: bigint;
  get(json: Json): string;
  set(json: Json, text: unknown): void;
}[] = [
  signal('epochRoot'),
  signal('nullifier'),
  coordinate('a[0]', (json) => json.proof.a, 0),
  coordinate('a[1]', (json) => json.proof.a, 1),
  coordinate('b[0][0]', (json) => json.proof.b[0], 0),
  coordinate('b[0][1]', (json) => json.proof.b[0], 1),
  coordinate('b[1][0]', (json) => json.proof.b[1], 0),
  coordinate('b[1][1]', (json) => json.proof.b[1], 1),
  coordinate('c[0]', (json) => json.proof.c, 0),
  coordinate('c[1]', (json) => json.proof.c, 1),
];

function signal(name: 'epochRoot' | 'nullifier') {
  return {
    name,
    limit: FIELD_ORDER,
    get: (json: Json) => json[name],
    set: (json: Json, text: unknown) => {
      (json as Record<string, unknown>)[name] = text;
    },
  };
}

function coordinate(name: string, pair: (json: Json) => unknown, index: 0 | 1) {
  return {
    name: `proof.${name}`,
    limit: BASE_ORDER,
    get: (json: Json) => (pair(json) as string[])[index] ?? '0',
    set: (json: Json, text: unknown) => {
      (pair(json) as unknown[])[index] = text;
    },
  };
}

function changed(json: Json, edit: (copy: Json) => void): Json {
  const copy = structuredClone(json);
  edit(copy);
  return copy;
}

/** Every bit of every coordinate and signal flipped, one at a time. */
export function* bitFlips(json: Json): Generator<Mutation> {
  for (const place of numbers) {
    const value = BigInt(place.get(json));
    for (let bit = 0n; bit < 256n; bit++) {
      const flipped = value ^ (1n << bit);
      yield {
        what: `${place.name}: bit ${bit} flipped`,
        json: changed(json, (copy) => place.set(copy, String(flipped))),
        isCanonical: flipped < place.limit,
      };
    }
  }
}

/** The same number in another form, and numbers that mean the same modulo the order. */
export function* encodings(json: Json): Generator<Mutation> {
  for (const place of numbers) {
    const text = place.get(json);
    const value = BigInt(text);
    const forms: unknown[] = [
      `0${text}`,
      `00${text}`,
      `+${text}`,
      `-${text}`,
      ` ${text}`,
      `${text} `,
      `${text}\n`,
      `${text}.0`,
      `${text}n`,
      `${text}e0`,
      `0x${value.toString(16)}`,
      `0b${value.toString(2)}`,
      Number(value),
      [text],
      { value: text },
      null,
      undefined,
      true,
      '',
      'NaN',
      text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
      text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
      `${text.slice(0, 3)}_${text.slice(3)}`,
      `${text.slice(0, 3)},${text.slice(3)}`,
    ];
    for (let k = 1n; k <= 5n; k++) {
      forms.push(String(value + k * place.limit), String(value - k * place.limit));
      forms.push(String(value + k * FIELD_ORDER), String(value + (k << 256n)));
    }
    for (const form of forms) {
      const isSame = form === text;
      if (isSame) continue;
      const number =
        typeof form === 'string' && /^(0|[1-9]\d*)$/.test(form) ? BigInt(form) : undefined;
      yield {
        what: `${place.name}: ${JSON.stringify(form)?.slice(0, 24)}`,
        json: changed(json, (copy) => place.set(copy, form)),
        isCanonical: number !== undefined && number < place.limit,
      };
    }
  }
}

/** Missing, extra and exchanged parts. */
export function* shapes(json: Json): Generator<Mutation> {
  const edit = (what: string, change: (copy: Record<string, never>) => void): Mutation => ({
    what,
    json: changed(json, (copy) => change(copy as unknown as Record<string, never>)),
    isCanonical: false,
  });
  for (const key of Object.keys(json)) {
    yield edit(`without ${key}`, (copy) => delete copy[key]);
    yield edit(`${key}: null`, (copy) => Object.assign(copy, { [key]: null }));
    yield edit(`${key}: []`, (copy) => Object.assign(copy, { [key]: [] }));
  }
  for (const key of Object.keys(json.request)) {
    yield edit(
      `without request.${key}`,
      (copy) => delete (copy.request as unknown as Record<string, unknown>)[key],
    );
  }
  for (const extra of ['extra', '__proto__', 'publicSignals', 'signals', 'pi_a', 'protocol']) {
    yield edit(`with ${extra}`, (copy) =>
      Object.defineProperty(copy, extra, { value: '1', enumerable: true, configurable: true }),
    );
  }
  for (const part of ['a', 'b', 'c'] as const) {
    yield edit(`proof.${part}: one more`, (copy) => {
      (copy as unknown as Json).proof[part].push('1' as never);
    });
    yield edit(`proof.${part}: one fewer`, (copy) => {
      (copy as unknown as Json).proof[part].pop();
    });
  }
}

/** Random canonical values: a coordinate, a signal, or a field of the request. */
export function randomChange(json: Json, random: Random): Mutation {
  const kind = random.int(0, 4);
  if (kind <= 1) {
    const place = random.pick(numbers);
    const value = random.bits(320) % place.limit;
    const json2 = changed(json, (copy) => place.set(copy, String(value)));
    return { what: `${place.name}: random`, json: json2, isCanonical: true };
  }
  if (kind === 2) {
    const [one, other] = [random.pick(numbers), random.pick(numbers)];
    const json2 = changed(json, (copy) => {
      const kept = one.get(copy);
      one.set(copy, other.get(copy));
      other.set(copy, kept);
    });
    const isSame = JSON.stringify(json2) === JSON.stringify(json);
    if (isSame) return randomChange(json, random);
    const fits = numbers.every((place) => BigInt(place.get(json2)) < place.limit);
    return { what: `${one.name} ↔ ${other.name}`, json: json2, isCanonical: fits };
  }
  const json2 = changed(json, (copy) => {
    const request = copy.request as unknown as Record<string, unknown>;
    if (kind === 3) request.nonce = `0x${random.bits(256).toString(16).padStart(64, '0')}`;
    else request.expiresAt = (request.expiresAt as number) + random.int(1, 100_000);
  });
  return { what: kind === 3 ? 'another nonce' : 'another expiry', json: json2, isCanonical: true };
}
