import fc, { type Arbitrary } from 'fast-check';

/** What of JSON Schema the description of the routes uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** Values that break programs more often than others. */
const nasty = fc.constantFrom<unknown>(
  ...[null, true, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 1, '', '0', '-0', '0x', ' '],
  ...['\u0000', '\ud800', '‮', '९', 'a'.repeat(10_000), '9'.repeat(400), '__proto__'],
  ...[[], {}, [[[[[]]]]], { __proto__: null }, { constructor: { prototype: {} } }],
  '21888242871839275222246405745257275088548364400416034343698204186575808495617',
);

/** Values the schema allows, more or less: what it cannot say (a check digit, a root) is left to luck. */
export function valuesOf(schema: Schema, depth = 0): Arbitrary<unknown> {
  if (depth > 8) return fc.constant(null);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => valuesOf(one, depth + 1)));
  if (schema.allOf) {
    return fc
      .tuple(...schema.allOf.map((one) => valuesOf(one, depth + 1)))
      .map((parts) => Object.assign({}, ...parts.filter((part) => typeof part === 'object')));
  }
  const types = [schema.type ?? (schema.properties ? 'object' : 'any')].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, depth)));
}

/** The same, with now and then something it does not allow. */
export function spoiltValuesOf(schema: Schema): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary: valuesOf(schema) },
    { weight: 3, arbitrary: fc.tuple(valuesOf(schema), nasty, fc.nat()).map(spoil) },
    { weight: 1, arbitrary: fc.oneof(nasty, fc.jsonValue()) },
  );
}

/** A value, as it is or with something in it changed. */
export function spoiltValue(value: unknown): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(value) },
    { weight: 3, arbitrary: fc.tuple(fc.constant(value), nasty, fc.nat()).map(spoil) },
  );
}

function ofType(type: string, schema: Schema, depth: number): Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objects(schema, depth);
    case 'array': {
      const length = {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      };
      length.maxLength = Math.max(length.maxLength, length.minLength);
      return fc.array(schema.items ? valuesOf(schema.items, depth + 1) : fc.jsonValue(), length);
    }
    case 'string':
      return strings(schema);
    case 'integer':
      return fc.integer(bounds(schema, 0x7fff_ffff));
    case 'number':
      return fc.oneof(fc.integer(bounds(schema, 1e6)), fc.double({ noNaN: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

function objects({ properties = {}, required = [], additionalProperties }: Schema, depth: number) {
  const known = fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema, depth + 1)]),
    ),
    { requiredKeys: required.filter((name) => Object.hasOwn(properties, name)) },
  );
  if (typeof additionalProperties !== 'object') return known;
  const others = fc.dictionary(fc.string(), valuesOf(additionalProperties, depth + 1), {
    maxKeys: 3,
  });
  return fc.tuple(others, known).map(([some, own]) => ({ ...some, ...own }));
}

function bounds({ minimum, maximum, exclusiveMinimum }: Schema, most: number) {
  const min = minimum ?? (exclusiveMinimum !== undefined ? exclusiveMinimum + 1 : -10);
  const max = Math.max(min, Math.min(maximum ?? most, 0x7fff_ffff));
  return { min: Math.max(Math.ceil(min), -0x8000_0000), max };
}

function strings({ pattern, format, minLength = 0, maxLength = 40 }: Schema): Arbitrary<string> {
  if (format === 'uri') return fc.webUrl();
  if (format === 'uuid') return fc.uuid();
  const plain = fc.string({
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, 60)),
    unit: 'binary',
  });
  if (!pattern) return plain;
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 200 });
  } catch {
    return plain; // a pattern of look-arounds, which cannot be run backwards
  }
}

/** Puts one value in a place of another that a number chooses. */
function spoil([value, bad, at]: [unknown, unknown, number]): unknown {
  if (typeof value !== 'object' || value === null) return bad;
  const entries = Object.entries(value);
  if (entries.length === 0) return bad;
  const place = at % (entries.length + 1);
  if (place === entries.length)
    return Array.isArray(value) ? [...value, bad] : { ...value, x: bad };
  const [name, inner] = entries[place] as [string, unknown];
  const rest = Math.floor(at / (entries.length + 1));
  const changed = rest % 3 === 0 ? bad : spoil([inner, bad, rest]);
  if (Array.isArray(value)) return value.with(place, changed);
  if (rest % 7 === 6) return Object.fromEntries(entries.filter(([key]) => key !== name));
  return { ...value, [name]: changed };
}
