import { type RawBuilder, sql } from 'kysely';

/**
 * Columns of many rows as PostgreSQL array literals for `unnest`: one parameter a column however
 * many rows, and the same text for both engines. To find rows by one, `in (select unnest(…))`: with
 * `= any(…)` a scan reads the literal anew for every row.
 */
export function intArray(values: readonly (number | null)[], type = 'int'): RawBuilder<number[]> {
  return literal(`{${values.map((value) => value ?? 'null').join(',')}}`, type);
}

/** Of typed arrays, whose numbers need no check for null. */
export function numberArray(
  values: Int32Array | Int16Array | Uint8Array | Float64Array,
  type = 'int',
) {
  return literal<number[]>(`{${values.join(',')}}`, type);
}

export function boolArray(values: readonly boolean[]): RawBuilder<boolean[]> {
  return literal(`{${values.join(',')}}`, 'bool');
}

/** For codes and names without quotes or backslashes of their own need: everything is escaped. */
export function textArray(values: readonly (string | null)[]): RawBuilder<string[]> {
  const quoted = values.map((value) =>
    value === null ? 'null' : `"${value.replace(/["\\]/g, '\\$&')}"`,
  );
  return literal(`{${quoted.join(',')}}`, 'text');
}

export function bytesArray(values: readonly Uint8Array[]): RawBuilder<Uint8Array[]> {
  return hexArray(values.map((value) => Buffer.from(value).toString('hex')));
}

/** Bytes by their hexadecimal text. */
export function hexArray(values: readonly string[]): RawBuilder<Uint8Array[]> {
  return literal(`{${values.map((value) => `"\\\\x${value}"`).join(',')}}`, 'bytea');
}

function literal<T>(text: string, type: string): RawBuilder<T> {
  return sql<T>`${text}::text::${sql.raw(type)}[]`;
}
