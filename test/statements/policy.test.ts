import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { statement as unemployment } from '../../circuits/statements/unemployment-eligibility/statement.ts';
import { toFr } from '../../src/core/field.ts';
import { monthIndex, parseMonth, toMonthIndex } from '../../src/core/month.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import { LEDGER_START } from '../../src/ledger/month-set.ts';
import { parseRegion } from '../../src/ledger/region.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import {
  allPolicies,
  newestFigure,
  policyFigure,
  policyStep,
  policySteps,
} from '../../src/statements/policy.ts';
import { policySchema } from '../../src/statements/policy-format.ts';
import { presetParams } from '../../src/statements/preset.ts';
import { allPresets, presetBySlug } from '../../src/statements/registry.ts';
import { minimumMonths, retirementMonths } from '../../src/statements/retirement.ts';
import { accountOf } from '../support/accounts.ts';
import { libCircuit, output } from '../support/lib-circuit.ts';
import { askOracle, ruleBench } from '../support/statement-witness.ts';

const folder = join(packageRoot, 'policies');
const files = readdirSync(folder).map((file) =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')),
);
const at = parseMonth('2026-10');
const noFigure = expect.objectContaining({ code: 'policy.no_figure' });

describe('files', () => {
  it('are what the program reads', () => {
    expect(files.map((file) => policySchema.parse(file)).length).toBe(allPolicies().length);
    for (const file of files) expect(allPolicies()).toContainEqual(file);
  });

  it.each<[string, (file: (typeof files)[number]) => unknown]>([
    ['without a citation', ({ citation: _, ...rest }) => rest],
    ['without a certainty', ({ certainty: _, ...rest }) => rest],
    ['with a certainty of its own', (figure) => ({ ...figure, certainty: 'sure' })],
    ['with a fraction', (figure) => ({ ...figure, value: 1.5 })],
    ['with both a value and steps', (figure) => ({ ...figure, steps: [[1, 2]] })],
    [
      'with steps that fall back',
      ({ value: _, ...rest }) => ({
        ...rest,
        steps: [
          [2, 1],
          [1, 2],
        ],
      }),
    ],
  ])('a figure %s is refused', (_, change) => {
    const figure = { value: 3, unit: 'months', certainty: 'memory', citation: 'x' };
    const file = (own: unknown) => ({
      format: 'canbao/policy@1',
      policy: 'x',
      name: { en: 'x', zh: '一' },
      versions: [{ effectiveFrom: null, figures: { months: own } }],
    });
    expect(policySchema.safeParse(file(figure)).success).toBe(true);
    expect(policySchema.safeParse(file(change(figure))).success).toBe(false);
  });

  it('versions out of order are refused', () => {
    const [file] = files.filter(({ policy }) => policy === 'pension-minimum');
    expect(policySchema.safeParse(file).success).toBe(true);
    const versions = [...file.versions].reverse();
    expect(policySchema.safeParse({ ...file, versions }).success).toBe(false);
  });
});

describe('in force', () => {
  it('is the version of the month asked', () => {
    const steps = (month: string) =>
      policySteps({ policy: 'pension-minimum', figure: 'months', at: parseMonth(month) });
    expect(steps('2024-12')).toEqual([[2011, 180]]);
    expect(steps('2025-01').length).toBeGreaterThan(1);
    expect(() => steps('2011-06')).toThrow(noFigure);
  });

  it('decides by when the request is made, not by the month it is about', () => {
    const { preset } = presetBySlug('points-settlement');
    expect(presetParams(preset, { asOf: at }).minMonths).toBe(84n);
    expect(() => presetParams(preset, { asOf: at, requestedIn: parseMonth('2017-12') })).toThrow(
      noFigure,
    );
  });

  it('is a city’s own where the rule is local', () => {
    const months = (region?: string) =>
      policyFigure({
        ...{ policy: 'medical-at-retirement', figure: 'menMonths', at },
        ...(region && { region: parseRegion(region) }),
      });
    expect(months('350200')).toBe(300);
    expect(() => months('350100')).toThrow(noFigure);
    expect(() => months()).toThrow(noFigure);
  });

  it('refuses what it has not', () => {
    expect(() => policyFigure({ policy: 'none', figure: 'months', at })).toThrow(noFigure);
    expect(() => policyFigure({ policy: 'loan', figure: 'constructor', at })).toThrow(noFigure);
    expect(() => policySteps({ policy: 'loan', figure: 'averageMonths', at })).toThrow(noFigure);
    const tier = { policy: 'unemployment', figure: 'benefitMonths', at };
    expect(() => policyStep(tier, 11)).toThrow(noFigure);
    expect(policyStep(tier, 59)).toBe(12);
  });

  it('every preset with figures names its policy', () => {
    const named = allPresets().flatMap(({ preset }) => preset.policy ?? []);
    for (const policy of named) {
      expect(allPolicies().map((each) => each.policy)).toContain(policy);
    }
    expect(named.length).toBeGreaterThan(15);
  });
});

describe('rules in code and circuit are those of the policies', () => {
  const age = (figure: string) => policyFigure({ policy: 'retirement', figure, at });

  it('retirement months', async () => {
    const circuit = await libCircuit('pension/retirement-months.circom', 'RetirementMonths()');
    for (const [retirementCategory, name] of ['men60', 'women55', 'women50'].entries()) {
      const original = 12 * age(`${name}OriginalAge`);
      const most = 12 * age(`${name}FinalAge`) - original;
      const step = age(`${name}MonthsPerDelayMonth`);
      for (
        let birth = monthIndex(1955, 1);
        birth < monthIndex(1996, 1);
        birth = toMonthIndex(birth + 5)
      ) {
        const into = birth + original - monthIndex(2024, 12);
        const delay = Math.min(Math.max(Math.ceil(into / step), 0), most);
        const statutory = birth + original + delay;
        const earliest = Math.max(statutory - age('maxEarlyMonths'), birth + original);
        const code = retirementMonths({ birthMonth: birth, retirementCategory, scheme: 0 });
        expect(code).toMatchObject({ statutoryMonth: statutory, earliestMonth: earliest });
        const witness = circuit.program.calculate({
          birthMonth: toFr(BigInt(birth)),
          retirementCategory: toFr(BigInt(retirementCategory)),
          scheme: toFr(0n),
        });
        expect(output(circuit, witness, 'statutoryMonth')).toBe(BigInt(statutory));
        expect(output(circuit, witness, 'earliestMonth')).toBe(BigInt(earliest));
      }
    }
    const resident = retirementMonths({ birthMonth: at, retirementCategory: 0, scheme: 1 });
    expect(resident?.statutoryMonth).toBe(at + 12 * age('residentAge'));
  }, 120_000);

  it('minimum months of every year', async () => {
    const circuit = await libCircuit('pension/minimum-months.circom', 'MinimumMonths()');
    const minimum = { policy: 'pension-minimum', figure: 'months', at };
    const resident = policyFigure({ ...minimum, figure: 'residentMonths' });
    for (let year = 2025; year <= 2053; year++) {
      const month = monthIndex(year, 1 + (year % 12));
      for (const [scheme, months] of [policyStep(minimum, year), resident].entries()) {
        expect(minimumMonths(month, scheme)).toBe(months);
        const witness = circuit.program.calculate({
          month: toFr(BigInt(month)),
          isResident: toFr(BigInt(scheme)),
        });
        expect(output(circuit, witness, 'months')).toBe(BigInt(months));
      }
    }
  }, 120_000);

  it('tiers of unemployment benefit, on both sides of each', async () => {
    const ruleAccepts = await ruleBench(unemployment as unknown as Statement);
    const steps = policySteps({ policy: 'unemployment', figure: 'benefitMonths', at });
    expect(steps[0]?.[0]).toBe(newestFigure('unemployment', 'minPaidMonths'));
    const dismissed = accountOf({
      benefits: { lastTermination: '2026-10', lastTerminationReason: 1 },
    });
    for (const [from, benefit] of steps) {
      for (const months of [from - 1, from]) {
        // The last `months` months up to the epoch's.
        const paid = ((1n << BigInt(months)) - 1n) << BigInt(at - LEDGER_START + 1 - months);
        const coverage = dismissed.coverage.with(2, { paid, late: 0n });
        const question = {
          record: { ...dismissed, coverage },
          params: { identityBefore: 0n, asOf: BigInt(at), minBenefitMonths: BigInt(benefit) },
          epochMonth: at,
        };
        expect(
          askOracle(unemployment as unknown as Statement, question).satisfied,
          `${months} months`,
        ).toBe(months === from);
        expect(ruleAccepts(question), `${months} months`).toBe(months === from);
      }
    }
  }, 180_000);
});
