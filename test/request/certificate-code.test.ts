import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from '../../src/core/random.ts';
import {
  formatCertificateCode,
  newCertificateCode,
  parseCertificateCode,
} from '../../src/request/certificate-code.ts';

const bad = expect.objectContaining({ code: 'certificate.bad_code' });
const drawn = fc
  .uint8Array({ minLength: 11, maxLength: 11 })
  .map((bytes) => newCertificateCode(() => bytes));

test('twelve letters in groups of four, and every one drawn reads back however it is typed', () => {
  expect(formatCertificateCode(newCertificateCode(systemRandom))).toMatch(
    /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/,
  );
  fc.assert(
    fc.property(drawn, (code) => {
      const printed = formatCertificateCode(code);
      expect(parseCertificateCode(printed)).toBe(code);
      const careless = printed.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
      expect(parseCertificateCode(careless.replaceAll('1', 'l'))).toBe(code);
    }),
  );
});

test('one wrong letter, or two that changed places, are found', () => {
  const letter = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
  const place = fc.nat({ max: 11 });
  fc.assert(
    fc.property(drawn, place, place, letter, (code, i, j, other) => {
      const letters = [...code];
      const wrong = letters.with(i, other);
      if (other !== code[i]) expect(() => parseCertificateCode(wrong.join(''))).toThrow(bad);
      const swapped = letters.with(i, letters[j] ?? '').with(j, letters[i] ?? '');
      if (code[i] !== code[j]) expect(() => parseCertificateCode(swapped.join(''))).toThrow(bad);
    }),
    { numRuns: 500 },
  );
});

test.each(['', '0', 'K7QW-3M0P-9DX', '中文', '0'.repeat(13), 'UUUU-UUUU-UUUU'])(
  '%s is none',
  (typed) => {
    expect(() => parseCertificateCode(typed)).toThrow(bad);
  },
);
