import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { decodeBundle, encodeBundle, type HolderBundle } from '../../src/holder/bundle.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { openingOf, sampleAccount } from '../support/opening.ts';

const keys = deriveHolderKeys(new Uint8Array(32).fill(1));
const opening = openingOf(sampleAccount(), keys.commitment);
const file = () => JSON.parse(JSON.stringify(encodeBundle(opening))) as HolderBundle;

test('a bundle reads back as the same opening', () => {
  expect(decodeBundle(file())).toEqual(opening);
});

test('a bundle carries no secret', () => {
  const text = JSON.stringify(file());
  for (const secret of [keys.scalar, keys.nullifierKey]) expect(text).not.toContain(String(secret));
});

describe('every part is bound to the root', () => {
  const change = (edit: (bundle: HolderBundle) => unknown): HolderBundle => {
    const bundle = file();
    edit(bundle);
    return bundle;
  };
  test.each<[string, (bundle: HolderBundle) => unknown]>([
    ['profile', (b) => Object.assign(b.account.profile, { deemedMonths: '12' })],
    ['benefits', (b) => Object.assign(b.account.benefits, { pensionSince: '1500' })],
    ['coverage', (b) => Object.assign(b.account.coverage[4] ?? {}, { paid: '0x1' })],
    ['region runs', (b) => Object.assign(b.account.regionRuns[0] ?? {}, { place: '350100' })],
    ['employer runs', (b) => b.account.employerRuns.pop()],
    ['months', (b) => Object.assign(b.account.months[3] ?? {}, { baseFen: 1 })],
    ['commitment', (b) => Object.assign(b, { holderCommitment: '1' })],
    ['place', (b) => Object.assign(b.inclusion, { index: 2 })],
    ['siblings', (b) => Object.assign(b.inclusion.siblings[9] ?? [], { 0: '5' })],
    ['accounts root', (b) => Object.assign(b.epoch, { accountsRoot: '5' })],
    ['employers root', (b) => Object.assign(b.epoch, { employersRoot: '5' })],
    ['month', (b) => Object.assign(b.epoch, { month: b.epoch.month + 1 })],
    ['root', (b) => Object.assign(b.epoch, { root: '5' })],
  ])('%s', (_, edit) => {
    expect(() => decodeBundle(change(edit))).toThrow(
      expect.objectContaining({ code: 'bundle.inconsistent' }),
    );
  });

  test.each<[string, (bundle: HolderBundle) => unknown]>([
    ['an unknown field', (b) => Object.assign(b, { secret: '1' })],
    ['another version', (b) => Object.assign(b, { format: 'canbao/bundle@2' })],
    ['a field wider than its bits', (b) => Object.assign(b.account.profile, { sex: '2' })],
    [
      'a late month that is not paid',
      (b) => Object.assign(b.account.coverage[4] ?? {}, { late: '0x1' }),
    ],
    [
      'a month set in another form',
      (b) => Object.assign(b.account.coverage[4] ?? {}, { paid: '0x00' }),
    ],
    ['too few siblings', (b) => b.inclusion.siblings.pop()],
    ['a root above the field', (b) => Object.assign(b.epoch, { root: '9'.repeat(77) })],
  ])('%s is refused', (_, edit) => {
    expect(() => decodeBundle(change(edit))).toThrow(
      expect.objectContaining({ code: 'bundle.malformed' }),
    );
  });
});

test('whatever the input, the answer is a coded error', () => {
  fc.assert(
    fc.property(fc.anything(), (json) => {
      expect(() => decodeBundle(json)).toThrow(CanbaoError);
    }),
  );
});
