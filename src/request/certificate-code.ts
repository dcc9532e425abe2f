import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Brand } from '../core/field.ts';
import type { RandomBytes } from '../core/random.ts';

/**
 * What somebody types who has a printed certificate and no camera: `K7QW-3M0P-9DXR`. Eleven letters
 * are drawn, 55 bits; the last is a check over GF(32), which finds any one wrong letter and any two
 * that changed places.
 */
export type CertificateCode = Brand<string, 'CertificateCode'>;

/** Crockford's: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DRAWN = 11;
const GROUP = 4;
/** x^5 + x^2 + 1, whose root has order 31: no two of twelve places weigh the same. */
const POLYNOMIAL = 0b100101;
/** What people write for letters that are not in it. */
const LIKENESS: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** A fresh one. */
export function newCertificateCode(random: RandomBytes): CertificateCode {
  const drawn = Array.from(random(DRAWN), (byte) => byte % ALPHABET.length);
  const letters = [...drawn, timesRoot(remainder(drawn))].map((value) => ALPHABET[value]).join('');
  return letters as CertificateCode;
}

/**
 * Reads what was typed: small letters, spaces and hyphens are as good, O is 0, I and L are 1.
 * @throws certificate.bad_code
 */
export function parseCertificateCode(typed: string): CertificateCode {
  const letters = [...typed.toUpperCase().replace(/[\s\-‐-―－]/g, '')].map(
    (letter) => LIKENESS[letter] ?? letter,
  );
  const values = letters.map((letter) => ALPHABET.indexOf(letter));
  const valid = values.length === DRAWN + 1 && !values.includes(-1) && remainder(values) === 0;
  if (!valid) throw new CanbaoError('certificate.bad_code');
  return letters.join('') as CertificateCode;
}

/** As it is printed: `K7QW-3M0P-9DXR`. */
export function formatCertificateCode(code: CertificateCode): string {
  return (code.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/** The letters as a polynomial over GF(32), at the root. */
function remainder(values: readonly number[]): number {
  return values.reduce((sum, value) => timesRoot(sum) ^ value, 0);
}

function timesRoot(value: number): number {
  const shifted = value << 1;
  return shifted >= ALPHABET.length ? shifted ^ POLYNOMIAL : shifted;
}
