import { type RawBuilder, sql } from 'kysely';

/**
 * Columns of many rows as PostgreSQL array literals for `unnest`: one parameter a column however
 * many rows, and the same text for both engines.
 */
export function intArray(values: readonly (number | null)[], type = 'int'): RawBuilder<number[]> {
  return literal(`{${values.map((value) => value ?? 'null').join(',')}}`, type);
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
  const quoted = values.map((value) => `"\\\\x${Buffer.from(value).toString('hex')}"`);
  return literal(`{${quoted.join(',')}}`, 'bytea');
}

function literal<T>(text: string, type: string): RawBuilder<T> {
  return sql<T>`${text}::text::${sql.raw(type)}[]`;
}
