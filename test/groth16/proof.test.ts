import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { COORDINATE_ORDER } from '../../src/groth16/points.ts';
import {
  proofFromSnarkjs,
  proofFromWords,
  proofToSnarkjs,
  proofToWords,
} from '../../src/groth16/proof.ts';

const words = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n];
const snarkjsForm = {
  pi_a: ['1', '2', '1'],
  pi_b: [
    ['4', '3'],
    ['6', '5'],
    ['1', '0'],
  ],
  pi_c: ['7', '8', '1'],
  protocol: 'groth16',
  curve: 'bn128',
};
const code = expect.objectContaining({ code: 'proof.malformed' });

test('words are in the order of the pairing precompile: imaginary part first', () => {
  expect(proofToSnarkjs(proofFromWords(words))).toEqual(snarkjsForm);
  expect(proofToWords(proofFromSnarkjs(snarkjsForm))).toEqual(words);
});

test('any eight coordinates survive both forms', () => {
  const word = fc.bigInt({ min: 0n, max: COORDINATE_ORDER - 1n });
  fc.assert(
    fc.property(fc.array(word, { minLength: 8, maxLength: 8 }), (eight) => {
      const proof = proofFromSnarkjs(proofToSnarkjs(proofFromWords(eight)));
      expect(proofToWords(proof)).toEqual(eight);
    }),
  );
});

test.each<[string, unknown]>([
  ['hexadecimal', { ...snarkjsForm, pi_a: ['0x2a', '2', '1'] }],
  ['leading zeros', { ...snarkjsForm, pi_a: ['00042', '2', '1'] }],
  ['numbers', { ...snarkjsForm, pi_a: [42, 2, 1] }],
  ['a sign', { ...snarkjsForm, pi_a: ['-1', '2', '1'] }],
  ['a coordinate plus q', { ...snarkjsForm, pi_a: [String(1n + COORDINATE_ORDER), '2', '1'] }],
  ['another projective form', { ...snarkjsForm, pi_a: ['2', '4', '2'] }],
  ['no third coordinate', { ...snarkjsForm, pi_a: ['1', '2'] }],
  ['an unknown field', { ...snarkjsForm, extra: '' }],
  ['another curve', { ...snarkjsForm, curve: 'bls12381' }],
])('%s is refused', (_, json) => {
  expect(() => proofFromSnarkjs(json)).toThrow(code);
});

test.each<[string, bigint[]]>([
  ['seven', words.slice(1)],
  ['nine', [...words, 9n]],
  ['one not below q', words.with(2, COORDINATE_ORDER)],
  ['a negative', words.with(2, -1n)],
])('%s words are refused', (_, list) => {
  expect(() => proofFromWords(list)).toThrow(code);
});

test('whatever the input, the answer is a coded error', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(() => proofFromSnarkjs(value)).toThrow(CanbaoError);
      expect(() => proofFromSnarkjs({ ...snarkjsForm, pi_b: value })).toThrow(CanbaoError);
    }),
  );
});
