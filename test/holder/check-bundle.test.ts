import { describe, expect, test } from 'vitest';
import { toEpochRoot } from '../../src/core/brands.ts';
import { poseidon } from '../../src/core/poseidon.ts';
import { encodeBundle } from '../../src/holder/bundle.ts';
import { type BundleStanding, checkBundle } from '../../src/holder/check-bundle.ts';
import { bundleCheckText, holdingTexts } from '../../src/holder/check-texts.ts';
import { encodeEmployerBundle } from '../../src/holder/employer-bundle.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import type { EmployerOpening } from '../../src/ledger/employer-account.ts';
import { type EpochListing, encodeEpochs, epochsFromFile } from '../../src/verify/epochs-file.ts';
import { employerOf, openingOf as employerOpeningOf } from '../support/accounts.ts';
import { EPOCH_MONTH, openingOf, sampleAccount } from '../support/opening.ts';
import { seededRandom } from '../support/random.ts';
import { NOW } from '../support/request.ts';

const keys = deriveHolderKeys(new Uint8Array(32).fill(1));
const opening = openingOf(sampleAccount(), keys.commitment);
const file = () => JSON.parse(JSON.stringify(encodeBundle(opening)));
const clock = () => NOW;

/** The published roots as a file has them; by default the bundle's own, current. */
function roots(change: Partial<EpochListing> = {}) {
  const epoch = {
    root: opening.epoch.root,
    month: EPOCH_MONTH,
    revision: 0,
    publishedAt: NOW - 99,
  };
  return epochsFromFile(JSON.parse(JSON.stringify(encodeEpochs([{ ...epoch, ...change }]))));
}
const check = (json: unknown, change: Partial<EpochListing> = {}) =>
  checkBundle(json, { roots: roots(change), clock });

test('a holder sees from the bundle alone that it is in what was published, and what it holds', async () => {
  const answer = await check(file());
  expect(answer).toMatchObject({ standing: 'current', ok: true, index: 1 });
  expect(answer.holding).toMatchObject({
    kind: 'person',
    lastMonth: EPOCH_MONTH - 57,
    keySince: EPOCH_MONTH - 1,
  });
  const en = holdingTexts(answer.holding ?? fail(), 'en');
  expect(en).toEqual([
    'Pension: 24 months paid, 1 of them late, the last one 2021-12.',
    'Medical: 24 months paid, 0 of them late, the last one 2021-12.',
    'The holder key was enrolled in 2026-08.',
  ]);
  expect(holdingTexts(answer.holding ?? fail(), 'zh')).toHaveLength(3);
  expect(bundleCheckText(answer, 'zh')).toContain('2026-09');
});

describe('after the month', () => {
  test('it is superseded, and says since when', async () => {
    const answer = await check(file(), { supersededAt: NOW - 3 * 86_400 });
    expect(answer).toMatchObject({ standing: 'superseded', ok: true, supersededFor: 3 * 86_400 });
    expect(bundleCheckText(answer, 'en')).toContain('3 days ago');
  });

  test('was corrected, it says so, since when, and what to ask for', async () => {
    const times = { supersededAt: NOW - 9 * 86_400, correctedAt: NOW - 86_400 };
    const answer = await check(file(), times);
    expect(answer).toMatchObject({ standing: 'corrected', ok: false, correctedFor: 86_400 });
    expect(bundleCheckText(answer, 'en')).toMatch(/revised 1 day ago.*new revision/);
    expect(bundleCheckText(answer, 'zh')).toContain('1天前');
  });
});

test('a record that is not under the published root is noticed', async () => {
  const changed = file();
  changed.account.months[3].baseFen = 1;
  const inconsistent = await check(changed);
  expect(inconsistent).toMatchObject({ standing: 'inconsistent', ok: false });
  expect(inconsistent).not.toHaveProperty('holding');
  expect(await check(file(), { root: toEpochRoot(5n) })).toMatchObject({
    ...{ standing: 'unpublished', ok: false },
  });
  // The root is there, as another month.
  expect(
    await check(file(), { month: opening.epoch.month - 1 } as Partial<EpochListing>),
  ).toMatchObject({
    standing: 'unpublished',
  });
});

test('what is no bundle is refused, a chain that does not answer is a fault', async () => {
  await expect(check({ format: 'else' })).rejects.toMatchObject({ code: 'bundle.malformed' });
  const broken = { lookup: () => Promise.reject(new Error('no answer')) };
  await expect(checkBundle(file(), { roots: broken, clock })).rejects.toThrow('no answer');
});

test('an employer’s bundle is checked the same way', async () => {
  const employer = employerOf({
    creditCode: '91350200M0001AAA3H',
    paidInFull: [['2019-01', '2026-09']],
    headCounts: [52, 50],
    unpaidMonths: 3,
  });
  const random = seededRandom('check');
  const own = employerOpeningOf(employer, keys.commitment, EPOCH_MONTH, random, poseidon);
  const json = JSON.parse(JSON.stringify(encodeEmployerBundle(own as EmployerOpening)));
  const answer = await check(json, { root: own.epoch.root });
  expect(answer).toMatchObject({
    standing: 'current',
    holding: {
      ...{ kind: 'employer', creditCode: '91350200M0001AAA3H' },
      ...{ monthsPaidInFull: 93, lastPaidInFull: EPOCH_MONTH, people: 52, unpaid: 3 },
    },
  });
  const [months, people] = holdingTexts(answer.holding ?? fail(), 'en');
  expect(months).toContain('93 months paid in full, the last one 2026-09');
  expect(people).toBe('People insured in the month: 52; contributions owed: 3.');
});

test('every standing is a sentence in both languages', () => {
  const standings = ['inconsistent', 'unpublished', 'corrected', 'superseded', 'current'] as const;
  const { epoch } = opening;
  for (const standing of standings satisfies readonly BundleStanding[]) {
    const times = { supersededAt: 1, correctedAt: 2 };
    const published = { month: epoch.month, revision: 0, publishedAt: 1, ...times };
    const ages = { supersededFor: 5, correctedFor: 5, reason: 'x', ok: false };
    for (const language of ['en', 'zh'] as const) {
      const text = bundleCheckText({ standing, epoch, published, ...ages }, language);
      expect(text).toMatch(/^[^{}?]{10,}[.。]$/);
    }
  }
});

function fail(): never {
  throw new Error('the bundle holds nothing');
}
