import { CanbaoError } from './errors/canbao-error.ts';
import type { Brand } from './field.ts';

/** An amount in fen (1/100 yuan), a whole number from 0 to 2^32 − 1. */
export type Fen = Brand<number, 'Fen'>;

const MAX_FEN = 2 ** 32 - 1;

/** @throws core.out_of_range */
export function toFen(value: number): Fen {
  if (!Number.isInteger(value) || value < 0 || value > MAX_FEN) {
    throw new CanbaoError('core.out_of_range', { what: 'amount', value, min: 0, max: MAX_FEN });
  }
  return value as Fen;
}

/** `"6543.2"` yuan → 654320 fen; exact, without floating point. @throws core.bad_amount */
export function parseYuan(text: string): Fen {
  const match = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text);
  const fen = match
    ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
    : MAX_FEN + 1;
  if (fen > MAX_FEN) throw new CanbaoError('core.bad_amount', { value: text });
  return fen as Fen;
}

/** 654320 → `6543.20`. */
export function formatYuan(fen: Fen): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}
