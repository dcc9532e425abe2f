import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Fr } from '../core/field.ts';
import { packWord } from '../core/packed-word.ts';
import type { Statement } from '../statements/define-statement.ts';

/** What a request needs to know of a statement: a verifier can do with less than the circuit's owner. */
export type ParamsLayout = Pick<Statement, 'name' | 'params' | 'ranges'> &
  Partial<Pick<Statement, 'subject'>>;

/** Where layouts are looked up by statement name; `statementRegistry` is one. */
export interface ParamsLayouts {
  get(name: string): ParamsLayout | undefined;
}

/** A statement's thresholds by field name, as its layout names them. */
export type Params = Readonly<Record<string, bigint>>;

/** As decimals: how files and answers have them. */
export function encodeParams(params: Params): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, `${value}`]));
}

/**
 * Checks params against a statement: exactly its fields, each within its width and range.
 * @throws statement.bad_params
 */
export function assertParams(statement: ParamsLayout, params: Params): void {
  const bad = (reason: string) =>
    new CanbaoError('statement.bad_params', { statement: statement.name, reason });
  for (const name of Object.keys(params)) {
    if (!Object.hasOwn(statement.params, name)) throw bad(`it has no ${name}`);
  }
  for (const [name, bits] of Object.entries(statement.params)) {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) throw bad(`${name} is missing`);
    const [min, max] = statement.ranges?.[name] ?? [0n, (1n << BigInt(bits)) - 1n];
    if (value < min || value > max) throw bad(`${name} must be from ${min} to ${max}`);
  }
}

/** The params word, a public signal. @throws statement.bad_params */
export function packParams(statement: ParamsLayout, params: Params): Fr {
  assertParams(statement, params);
  return packWord(statement.params, params);
}
