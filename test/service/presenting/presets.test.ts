import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPresets } from '../../../src/statements/registry.ts';
import { setPresets } from '../../../src/statements/set-presets.ts';
import { openTestService, type TestService } from '../service.ts';

let canbao: TestService;
beforeAll(async () => {
  canbao = await openTestService();
});
afterAll(() => canbao[Symbol.asyncDispose]());

const get = (url: string) => canbao.app.inject({ url });
const one = (slug: string, query = '') => get(`/v1/presets/${slug}${query}`);

interface Listed {
  readonly slug: string;
  readonly needs: readonly string[];
  readonly asks?: readonly unknown[];
}

test('all are listed, with texts where they need no input', async () => {
  const answer = await get('/v1/presets');
  expect(answer.statusCode).toBe(200);
  const { presets } = answer.json<{ presets: Listed[] }>();
  expect(presets.map(({ slug }) => slug)).toEqual([
    ...allPresets().map(({ preset }) => preset.slug),
    ...setPresets.map(({ slug }) => slug),
  ]);
  for (const { slug, needs, asks } of presets) {
    expect(asks === undefined, slug).toBe(needs.length > 0);
  }
});

test('windows end with the last published month', async () => {
  expect((await one('insured-now')).json()).toMatchObject({
    name: { en: 'Insured this month', zh: '当月在保' },
    statements: ['coverage@1'],
    asks: [
      {
        params: { from: '1521', to: '1521', minMonths: '1', insurance: '0' },
        asks: {
          en: 'At least 1 month of pension insurance was paid from 2026-10 to 2026-10.',
          zh: '2026年10月至2026年10月期间，缴纳养老保险至少1个月。',
        },
      },
    ],
  });
});

test('input is read from the query', async () => {
  const query = '?region=350203&insurance=medical&asOf=2026-06&identityBefore=2026-01';
  expect((await one('car-plate', query)).json()).toMatchObject({
    needs: ['region'],
    policies: ['car-plate'],
    notes: { en: [expect.stringContaining('car-plate')] },
    asks: [{ params: { region: '350200', insurance: '1', to: '1517', identityBefore: '1512' } }],
  });
});

test('amounts are in fen', async () => {
  expect((await one('base-within-bounds', '?averageWageFen=500000')).json()).toMatchObject({
    asks: [{ params: { minBaseFen: '300000', maxBaseFen: '1500000' } }],
  });
});

test('a set asks several things', async () => {
  const { mode, statements, asks } = (
    await one('flexible-worker', '?averageWageFen=500000')
  ).json();
  expect({ mode, statements, asked: asks.length }).toEqual({
    mode: 'all',
    statements: ['coverage@1', 'coverage@1', 'contribution-base@1'],
    asked: 3,
  });
});

test.each([
  ['never', '', 404, 'statement.unknown_preset'],
  ['car-plate', '', 400, 'statement.preset_needs'],
  ['car-plate', '?region=999999', 400, 'ledger.bad_region'],
  ['car-plate', '?region=36', 400, 'http.bad_request'],
  ['insured-now', '?insurance=life', 400, 'http.bad_request'],
  ['insured-now', '?salary=7', 400, 'http.bad_request'],
  ['insured-now', '?asOf=1899-01', 400, 'core.bad_month'],
  ['insured-now', '?identityBefore=9999-12', 400, 'core.out_of_range'],
  ['tender-staff-3m', '?employer=91350213MA2C4P5544', 400, 'ledger.bad_credit_code'],
  ['maternity-cover', '?minMonths=0', 400, 'statement.bad_input'],
  ['maternity-cover', '?minMonths=769', 400, 'statement.bad_input'],
  ['loan-base-band', '?minBaseFen=10&maxBaseFen=9', 400, 'statement.bad_input'],
  ['medical-in-city', '?region=350100', 422, 'policy.no_figure'],
])('%s%s is refused', async (slug, query, status, code) => {
  const answer = await one(slug, query);
  expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status, code });
});
