import fc, { type Arbitrary } from 'fast-check';
import type { InjectOptions } from 'fastify';
import { type Schema, spoiltValue, spoiltValuesOf, valuesOf } from './arbitraries.ts';

/** One route of the description. */
export interface Operation {
  readonly method: string;
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly bodies: Readonly<Record<string, Schema>>;
  /** Security schemes that open it. */
  readonly schemes: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Description {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
}

interface OperationObject {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { schema?: Schema }>> };
  readonly security?: readonly Readonly<Record<string, unknown>>[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export function operationsOf(description: unknown): Operation[] {
  const { paths = {} } = description as Description;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, { parameters = [], requestBody, security = [] }]) => ({
        ...{ method: method.toUpperCase(), path, parameters },
        bodies: Object.fromEntries(
          Object.entries(requestBody?.content ?? {}).map(([type, { schema = {} }]) => [
            type,
            schema,
          ]),
        ),
        schemes: security.flatMap((one) => Object.keys(one)),
      })),
  );
}

/** What opens the routes, and ids that are there. */
export interface Known {
  /** Tokens by security scheme. */
  readonly tokens: Readonly<Record<string, readonly string[]>>;
  /** Path segments. */
  readonly ids: readonly string[];
  /** Bodies that are right, by route: `POST /v1/requests`. */
  readonly bodies: Readonly<Record<string, unknown>>;
}

/** Requests to one route: mostly as it wants them, some spoilt, some not even JSON. */
export function requestsTo(operation: Operation, known: Known): Arbitrary<InjectOptions> {
  const { method, path, parameters } = operation;
  const inPath = parameters.filter((one) => one.in === 'path');
  const inQuery = parameters.filter((one) => one.in === 'query');
  const segment = (schema: Schema = {}) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('x', ...known.ids) },
      { weight: 3, arbitrary: valuesOf(schema).map(String) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    );
  const query = fc
    .record(
      Object.fromEntries(
        inQuery.map(({ name, schema = {}, required }) => {
          const value = spoiltValuesOf(schema);
          return [name, required ? value : seldom(value)];
        }),
      ),
    )
    .map((values) => Object.entries(values).filter(([, value]) => value !== undefined));
  return fc
    .record({
      segments: fc.tuple(...inPath.map(({ schema }) => segment(schema))),
      query,
      headers: headersOf(operation, known),
      body: bodiesOf(operation, known),
    })
    .map(({ segments, query: asked, headers, body }) => {
      const url = inPath.reduce(
        (text, { name }, i) => text.replace(`{${name}}`, () => safeSegment(`${segments[i]}`)),
        path,
      );
      const search = new URLSearchParams(
        asked.map(([name, value]): [string, string] => [name, asText(value)]),
      );
      return {
        method: method as 'GET',
        url: search.size > 0 ? `${url}?${search}` : url,
        headers: { ...headers, ...(body && { 'content-type': typeOf(body) }) },
        ...(body && { payload: body.payload }),
      };
    });
}

function seldom<T>(values: Arbitrary<T>): Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: 7, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: values },
  );
}

function headersOf({ schemes }: Operation, { tokens }: Known) {
  const right = schemes.flatMap((scheme) => tokens[scheme] ?? []).map((token) => `Bearer ${token}`);
  const any = fc.constantFrom(
    ...[...right, 'Bearer', 'Bearer x', 'Basic eDp5', `Bearer ${'a.'.repeat(300)}`],
  );
  const authorization =
    right.length > 0
      ? fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: any })
      : fc.option(any, { nil: undefined, freq: 20 });
  return fc
    .record({ authorization, language: fc.constantFrom('zh-CN', 'en', '*;q=x') })
    .map(({ authorization: own, language }) => ({
      'accept-language': language,
      ...(own !== undefined && { authorization: own }),
    }));
}

const BOUNDARY = 'fuzz';

function typeOf({ type }: Body): string {
  return type === 'multipart/form-data' ? `${type}; boundary=${BOUNDARY}` : type;
}

interface Body {
  readonly type: string;
  readonly payload: string;
}

function bodiesOf({ method, path, bodies }: Operation, known: Known): Arbitrary<Body | undefined> {
  if (method === 'GET') return fc.constant(undefined);
  const types = Object.entries(bodies);
  const right = known.bodies[`${method} ${path}`];
  // Streamed bodies have no schema.
  const type = types[0]?.[0] ?? 'multipart/form-data';
  const close = [right]
    .filter((body) => body !== undefined)
    .map((body) => ({
      weight: 15,
      arbitrary: spoiltValue(body).map((value) => ({ type, payload: payloadOf(type, value) })),
    }));
  const shaped = types.map(([type, schema]) => ({
    weight: 10,
    arbitrary: spoiltValuesOf(schema).map((value) => ({ type, payload: payloadOf(type, value) })),
  }));
  const broken = fc
    .tuple(
      fc.constantFrom(
        ...['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'nonsense'],
        ...['multipart/form-data; boundary=x', 'multipart/mixed'],
      ),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.json(),
        fc.constantFrom('{"a":', '['.repeat(5000), '{"__proto__":{"x":1}}', '--x\r\n\r\n--x--'),
      ),
    )
    .map(([type, payload]) => ({ type, payload }));
  return fc.oneof(
    ...close,
    ...shaped,
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

function payloadOf(type: string, value: unknown): string {
  if (type.includes('json')) return JSON.stringify(value) ?? '';
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  if (type.includes('multipart')) return `${entries.map(part).join('')}--${BOUNDARY}--\r\n`;
  return `${new URLSearchParams(entries.map(([name, one]): [string, string] => [name, asText(one)]))}`;
}

function part([name, value]: [string, unknown]): string {
  const file = name === 'file' ? '; filename="people.csv"' : '';
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
  return `${head}${asText(value)}\r\n`;
}

function asText(value: unknown): string {
  return typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value);
}

/** Percent-encoded, lone surrogates replaced: a client could not send those. */
function safeSegment(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '?')) || 'x';
}
