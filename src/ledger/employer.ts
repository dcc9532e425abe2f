import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Brand } from '../core/field.ts';

/** A unified social credit code (GB 32100-2015), checked: 18 characters. */
export type CreditCode = Brand<string, 'CreditCode'>;

/** GB 32100: digits and letters without I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The check character of the first 17 (GB 32100-2015, modulo 31). */
export function creditCodeCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    sum += ALPHABET.indexOf(first17[i] ?? '') * (WEIGHTS[i] ?? 0);
  }
  return ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}

/** @throws ledger.bad_credit_code for a wrong length, character or check character */
export function parseCreditCode(text: string): CreditCode {
  const code = text.trim().toUpperCase();
  const valid =
    code.length === 18 &&
    [...code].every((char) => ALPHABET.includes(char)) &&
    creditCodeCheck(code.slice(0, 17)) === code[17];
  if (!valid) throw new CanbaoError('ledger.bad_credit_code', { value: text });
  return code as CreditCode;
}

/** The code as a base-31 number: 31^18 < 2^90. Never 0 for a valid code, so 0 means "none". */
export function packCreditCode(code: CreditCode): bigint {
  let value = 0n;
  for (const char of code) value = value * 31n + BigInt(ALPHABET.indexOf(char));
  return value;
}

/** The inverse of {@link packCreditCode}. @throws ledger.bad_credit_code */
export function unpackCreditCode(packed: bigint): CreditCode {
  let rest = packed;
  let code = '';
  for (let i = 0; i < 18; i++) {
    code = ALPHABET[Number(rest % 31n)] + code;
    rest /= 31n;
  }
  if (rest !== 0n) throw new CanbaoError('ledger.bad_credit_code', { value: packed });
  return parseCreditCode(code);
}
