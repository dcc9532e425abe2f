import { describe, expect, it } from 'vitest';
import { toFen } from '../../src/core/money.ts';
import { formatMonth, parseMonth } from '../../src/core/month.ts';
import { parseCreditCode } from '../../src/ledger/employer.ts';
import { parseRegion } from '../../src/ledger/region.ts';
import { assertParams } from '../../src/request/params.ts';
import type { PresetInput } from '../../src/statements/preset.ts';
import { allPresets } from '../../src/statements/registry.ts';
import {
  presetAsks,
  presetMode,
  setPresetNeeds,
  setPresets,
} from '../../src/statements/set-presets.ts';

/** What an insurance certificate is used for, and the presets that serve it. */
const uses: Readonly<Record<string, readonly string[]>> = {
  'tender: staff proof': ['tender-staff-3m', 'tender-staff-6m'],
  'engineer registration': ['engineer-registration'],
  'points settlement': ['points-settlement', 'points-settlement-all-five'],
  'house purchase': ['house-purchase'],
  'car plate': ['car-plate'],
  'school enrolment': ['school-enrolment'],
  'rent and start-up subsidies': ['rent-subsidy-6m', 'rent-subsidy-12m'],
  'exams, visa, migration': ['exam-last-3m', 'ten-years-total'],
  loan: ['loan-base-band'],
  'unemployment benefit': [
    'unemployment-claim-12m',
    'unemployment-claim-18m',
    'unemployment-claim-24m',
  ],
  'pension claim': ['pension-claim', 'pension-claim-early'],
  'employer: no arrears': ['employer-no-arrears-12m'],
  'medical insurance at retirement': [
    'medical-total-men',
    'medical-total-women',
    'medical-in-city',
    'medical-at-retirement-men',
    'medical-at-retirement-women',
  ],
  'work injury: covered on a date': ['work-injury-cover'],
  maternity: ['maternity-cover'],
  'flexible worker': ['flexible-worker', 'base-within-bounds'],
  'insured or on a benefit now': ['insured-now', 'receives-pension', 'no-benefit'],
};

const input: PresetInput = {
  asOf: parseMonth('2026-10'),
  region: parseRegion('350203'),
  employer: parseCreditCode('91350200M0001AAA3H'),
  minBaseFen: toFen(500_000),
  maxBaseFen: toFen(900_000),
  averageWageFen: toFen(803_333),
  minMonths: 10,
  onMonth: parseMonth('2026-08'),
};

/** A preset's params as a person would write them: months as `YYYY-MM`. */
const asked = (slug: string, change: Partial<PresetInput> = {}) =>
  presetAsks(slug, { ...input, ...change }).map(({ params }) =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        ['from', 'to', 'asOf'].includes(name)
          ? formatMonth(Number(value) as PresetInput['asOf'])
          : Number(value),
      ]),
    ),
  );

const known = [...allPresets().map(({ preset }) => preset.slug), ...setPresets.map((p) => p.slug)];

describe('uses', () => {
  it.each(Object.entries(uses))('%s has a preset named in both languages', (_, slugs) => {
    expect(slugs.length).toBeGreaterThan(0);
    for (const slug of slugs) {
      expect(known).toContain(slug);
      for (const { statement, params } of presetAsks(slug, input)) assertParams(statement, params);
      const named = [...allPresets().map(({ preset }) => preset), ...setPresets];
      const name = named.find((each) => each.slug === slug)?.name;
      expect(name?.zh).toMatch(/\p{Script=Han}/u);
      expect(name?.en).toMatch(/^[^\p{Script=Han}]{5,}$/u);
    }
  });

  it('no preset serves none, and no two share a name', () => {
    expect(Object.values(uses).flat().sort()).toEqual([...known].sort());
    expect(new Set(known).size).toBe(known.length);
  });
});

/** Written from the rules, not from the policy files: a slip in those shows here. */
describe('what each asks, in 2026-10', () => {
  it.each<[string, object[]]>([
    ['tender-staff-3m', [{ from: '2026-08', to: '2026-10', minMonths: 3, insurance: 0 }]],
    ['tender-staff-6m', [{ from: '2026-05', to: '2026-10', minMonths: 6 }]],
    ['engineer-registration', [{ from: '2026-10', to: '2026-10', minMonths: 1 }]],
    [
      'points-settlement-all-five',
      [0, 1, 2, 3, 4].map((insurance) => ({
        ...{ insurance, from: '2019-01', to: '2025-12', minMonths: 84, maxLateMonths: 5 },
      })),
    ],
    ['house-purchase', [{ from: '2021-11', to: '2026-10', minMonths: 60, region: 350_200 }]],
    ['car-plate', [{ from: '2024-11', to: '2026-10', minMonths: 24, region: 350_200 }]],
    ['school-enrolment', [{ from: '1990-01', to: '2026-10', minMonths: 12, region: 350_200 }]],
    ['rent-subsidy-6m', [{ from: '2026-05', minMonths: 6 }]],
    ['rent-subsidy-12m', [{ from: '2025-11', minMonths: 12 }]],
    ['exam-last-3m', [{ from: '2026-08', minMonths: 3 }]],
    ['ten-years-total', [{ from: '1990-01', minMonths: 120 }]],
    ['loan-base-band', [{ months: 12, minBaseFen: 500_000, maxBaseFen: 900_000 }]],
    ['base-within-bounds', [{ months: 1, minBaseFen: 481_999, maxBaseFen: 2_409_999 }]],
    [
      'medical-at-retirement-men',
      [
        { insurance: 1, minMonths: 300, region: 0 },
        { insurance: 1, minMonths: 120, region: 350_200 },
      ],
    ],
    [
      'medical-at-retirement-women',
      [
        { insurance: 1, minMonths: 240, region: 0 },
        { insurance: 1, minMonths: 120, region: 350_200 },
      ],
    ],
    ['work-injury-cover', [{ insurance: 3, from: '2026-08', to: '2026-08', minMonths: 1 }]],
    ['maternity-cover', [{ insurance: 4, from: '2026-01', to: '2026-10', minMonths: 10 }]],
    ['flexible-worker', [{ insurance: 0, minMonths: 1 }, { insurance: 1 }, { months: 1 }]],
    ['unemployment-claim-18m', [{ asOf: '2026-10', minBenefitMonths: 18 }]],
    ['employer-no-arrears-12m', [{ from: '2025-11', to: '2026-10', isArrearsFree: 1 }]],
  ])('%s', (slug, expected) => {
    const made = asked(slug);
    expect(made).toHaveLength(expected.length);
    expect(made).toMatchObject(expected);
  });
});

describe('set presets', () => {
  it('need what their parts need and the set does not fix', () => {
    const needs = Object.fromEntries(setPresets.map((each) => [each.slug, setPresetNeeds(each)]));
    expect(needs).toEqual({
      'points-settlement-all-five': [],
      'medical-at-retirement-men': ['region'],
      'medical-at-retirement-women': ['region'],
      'flexible-worker': ['averageWageFen'],
    });
  });

  it('bring their mode and join no other', () => {
    expect(presetMode(['flexible-worker'], undefined)).toBe('all');
    expect(presetMode(['insured-now'], undefined)).toBeUndefined();
    expect(presetMode(['insured-now', 'car-plate'], undefined)).toBe('all');
    expect(presetMode(['insured-now', 'car-plate'], 'any')).toBe('any');
    const alone = expect.objectContaining({ code: 'statement.preset_alone' });
    expect(() => presetMode(['flexible-worker', 'car-plate'], undefined)).toThrow(alone);
    expect(() => presetMode(['flexible-worker'], 'any')).toThrow(alone);
  });
});
