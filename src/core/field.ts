import { CanbaoError } from './errors/canbao-error.ts';

declare const brand: unique symbol;
/** A nominal type: `T` that only its own decoder can make. Brands of brands nest. */
export type Brand<T, Name extends string> = T & {
  readonly [brand]: { readonly [K in Name]: true };
};

/** An element of the BN254 scalar field, in [0, r). */
export type Fr = Brand<bigint, 'Fr'>;

/** Order r of the BN254 scalar field: the field every circuit computes in. */
export const FIELD_ORDER =
  21888242871839275222246405745257275088548364400416034343698204186575808495617n;

/** @throws core.not_canonical if `value` is not in [0, r). Never reduces. */
export function toFr(value: bigint, what = 'value'): Fr {
  if (typeof value !== 'bigint') throw new TypeError(`${what} must be a bigint`);
  if (value < 0n || value >= FIELD_ORDER) throw new CanbaoError('core.not_canonical', { what });
  return value as Fr;
}

const CANONICAL_DECIMAL = /^(0|[1-9][0-9]{0,76})$/;

/**
 * Reads a field element from its one accepted text form: decimal digits, no sign, no
 * leading zero, below r.
 * @throws core.not_canonical
 */
export function parseFr(text: string, what = 'value'): Fr {
  if (typeof text !== 'string' || !CANONICAL_DECIMAL.test(text)) {
    throw new CanbaoError('core.not_canonical', { what });
  }
  return toFr(BigInt(text), what);
}

/** 32 bytes, big-endian. */
export function frToBytes(value: Fr): Uint8Array {
  const bytes = new Uint8Array(32);
  let rest: bigint = value;
  for (let i = 31; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

/** @throws core.bad_bytes, core.not_canonical */
export function frFromBytes(bytes: Uint8Array, what = 'value'): Fr {
  if (bytes.length !== 32) throw new CanbaoError('core.bad_bytes', { what, bytes: 32 });
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return toFr(value, what);
}
