import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { poseidon } from '../../src/core/poseidon.ts';
import { decodeAnyBundle } from '../../src/holder/any-bundle.ts';
import { decodeBundle, encodeBundle } from '../../src/holder/bundle.ts';
import {
  decodeEmployerBundle,
  type EmployerBundle,
  encodeEmployerBundle,
} from '../../src/holder/employer-bundle.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import type { EmployerOpening } from '../../src/ledger/employer-account.ts';
import { employerOf, openingOf } from '../support/accounts.ts';
import { openingOf as accountOpeningOf, sampleAccount } from '../support/opening.ts';
import { seededRandom } from '../support/random.ts';

const keys = deriveHolderKeys(new Uint8Array(32).fill(1));
const employer = employerOf({
  creditCode: '91350200M0001AAA3H',
  identityMonth: '2026-08',
  paidInFull: [['2019-01', '2026-09']],
  headCounts: [52, 50, 51, 0],
  unpaidMonths: 3,
});
const opening = openingOf(
  employer,
  keys.commitment,
  1520,
  seededRandom('employer bundle'),
  poseidon,
) as EmployerOpening;
const file = () => JSON.parse(JSON.stringify(encodeEmployerBundle(opening))) as EmployerBundle;

test('an employer’s bundle reads back as the same opening, and names the employer in clear', () => {
  expect(decodeEmployerBundle(file())).toEqual(opening);
  expect(file().employer.creditCode).toBe('91350200M0001AAA3H');
});

test('it carries no secret', () => {
  const text = JSON.stringify(file());
  for (const secret of [keys.scalar, keys.nullifierKey]) expect(text).not.toContain(String(secret));
});

test('whichever bundle is handed in is read as what it is', () => {
  const person = accountOpeningOf(sampleAccount(), keys.commitment);
  expect(decodeAnyBundle(file())).toEqual(opening);
  expect(decodeAnyBundle(encodeBundle(person))).toEqual(person);
  for (const crossed of [
    () => decodeEmployerBundle(encodeBundle(person)),
    () => decodeBundle(file()),
    () => decodeAnyBundle({ ...encodeBundle(person), format: file().format }),
    () => decodeAnyBundle({ ...file(), format: 'canbao/employer-bundle@2' }),
  ]) {
    expect(crossed).toThrow(expect.objectContaining({ code: 'bundle.malformed' }));
  }
});

describe('every part is bound to the root', () => {
  const change = (edit: (bundle: EmployerBundle) => unknown): EmployerBundle => {
    const bundle = file();
    edit(bundle);
    return bundle;
  };
  test.each<[string, (bundle: EmployerBundle) => unknown]>([
    ['credit code', (b) => Object.assign(b.employer, { creditCode: '91350203MAPKWREB8M' })],
    ['identity month', (b) => Object.assign(b.employer, { identityMonth: 1500 })],
    ['paid in full', (b) => Object.assign(b.employer, { paidInFull: '0x1' })],
    ['first head-count', (b) => Object.assign(b.employer.headCounts, { 0: 53 })],
    ['last head-count', (b) => Object.assign(b.employer.headCounts, { 23: 1 })],
    ['arrears', (b) => Object.assign(b.employer, { unpaidMonths: 0 })],
    ['commitment', (b) => Object.assign(b, { holderCommitment: '1' })],
    ['place', (b) => Object.assign(b.inclusion, { index: b.inclusion.index > 0 ? 0 : 1 })],
    ['siblings', (b) => Object.assign(b.inclusion.siblings[9] ?? [], { 0: '5' })],
    ['accounts root', (b) => Object.assign(b.epoch, { accountsRoot: '5' })],
    ['employers root', (b) => Object.assign(b.epoch, { employersRoot: '5' })],
    ['month', (b) => Object.assign(b.epoch, { month: b.epoch.month + 1 })],
    ['root', (b) => Object.assign(b.epoch, { root: '5' })],
  ])('%s', (_, edit) => {
    expect(() => decodeEmployerBundle(change(edit))).toThrow(
      expect.objectContaining({ code: 'bundle.inconsistent' }),
    );
  });

  test.each<[string, (bundle: EmployerBundle) => unknown]>([
    ['an unknown field', (b) => Object.assign(b.employer, { name: 'x' })],
    ['a credit code with a wrong check', (b) => (b.employer.creditCode = '91350203MAPKWREB8A')],
    ['a credit code in small letters', (b) => (b.employer.creditCode = '91350200m0001aaa3h')],
    ['more people than 16 bits', (b) => Object.assign(b.employer.headCounts, { 0: 65_536 })],
    ['too few head-counts', (b) => b.employer.headCounts.pop()],
    ['a negative debt', (b) => Object.assign(b.employer, { unpaidMonths: -1 })],
    ['a month set in another form', (b) => Object.assign(b.employer, { paidInFull: '0x00' })],
    ['a root above the field', (b) => Object.assign(b.epoch, { root: '9'.repeat(77) })],
  ])('%s is refused', (_, edit) => {
    expect(() => decodeEmployerBundle(change(edit))).toThrow(
      expect.objectContaining({ code: 'bundle.malformed' }),
    );
  });
});

test('whatever the input, the answer is a coded error', () => {
  fc.assert(
    fc.property(fc.anything(), (json) => {
      expect(() => decodeAnyBundle(json)).toThrow(CanbaoError);
      expect(() => decodeEmployerBundle(json)).toThrow(CanbaoError);
    }),
  );
});
