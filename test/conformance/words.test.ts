import { describe, expect, it } from 'vitest';
import { toFen } from '../../src/core/money.ts';
import { parseMonth } from '../../src/core/month.ts';
import { parseCreditCode } from '../../src/ledger/employer.ts';
import { parseRegion } from '../../src/ledger/region.ts';
import { assertParams, packParams } from '../../src/request/params.ts';
import { presetParams } from '../../src/statements/preset.ts';
import { allPresets, statementModule, statementRegistry } from '../../src/statements/registry.ts';
import type { Params } from '../../src/statements/statement-text.ts';
import { askOracle } from '../support/statement-witness.ts';
import { vectorsOf } from '../support/vectors.ts';

const languages = ['en', 'zh'] as const;
const input = {
  asOf: parseMonth('2026-10'),
  region: parseRegion('350203'),
  employer: parseCreditCode('91350200M0001AAA3H'),
  identityBefore: parseMonth('2026-01'),
  minBaseFen: toFen(500_000),
  maxBaseFen: toFen(900_000),
  minPeople: 20,
  minMonths: 10,
  onMonth: parseMonth('2026-08'),
  averageWageFen: toFen(800_000),
};

/** Another value of a param that a request may ask for. */
const others: Readonly<Record<string, bigint>> = {
  region: 350100n,
  employer: 0n,
  maxLateMonths: 3n,
  minMonths: 2n,
};

describe.each(statementRegistry.all().map((statement) => ({ name: statement.name, statement })))(
  '$name: words',
  ({ name, statement }) => {
    const { text, presets } = statementModule(name);
    const preset = presets[0];
    if (!preset) throw new Error(`${name} has no preset`);
    const params = presetParams(preset, input);
    const said = (asked: Params, language: 'en' | 'zh') =>
      [text.asks(asked, language), ...text.reveals(asked, language)].join('\n');

    it.each(Object.keys(statement.params))(
      'every change of %s is seen by the person asked',
      (field) => {
        const value = params[field] ?? 0n;
        const changed: Params = {
          ...params,
          [field]: others[field] ?? (value === 0n ? 1n : value - 1n),
        };
        assertParams(statement, changed);
        for (const language of languages) {
          expect(said(changed, language)).not.toBe(said(params, language));
        }
      },
    );

    it('says what stays hidden, in both languages', () => {
      for (const language of languages) {
        expect(text.hides(params, language).length).toBeGreaterThan(1);
        expect(text.name[language]).not.toBe('');
      }
      expect(text.asks(params, 'zh')).toMatch(/\p{Script=Han}/u);
      expect(text.asks(params, 'en')).not.toMatch(/\p{Script=Han}/u);
    });

    it('explains every reason its vectors are refused for, with figures and not codes', () => {
      const refused = vectorsOf(statement).filter(({ reason }) => reason !== undefined);
      expect(refused.length).toBeGreaterThan(3);
      for (const vector of refused) {
        const verdict = askOracle(statement, vector);
        if (verdict.satisfied) throw new Error(vector.name);
        for (const language of languages) {
          const why = text.whyNot(verdict.reason, verdict.facts, language);
          expect(why).not.toContain(verdict.reason);
          expect(why).not.toMatch(/undefined|NaN|\?/);
        }
      }
    });

    it('has presets that make valid params', () => {
      for (const each of presets) {
        const made = presetParams(each, input);
        expect(() => packParams(statement, made)).not.toThrow();
        expect(made.identityBefore).toBe(BigInt(input.identityBefore));
        for (const language of languages) expect(each.name[language]).not.toBe('');
        for (const need of each.needs) {
          const without = { ...input, [need]: undefined } as unknown as typeof input;
          expect(() => presetParams(each, without)).toThrow(
            expect.objectContaining({ code: 'statement.preset_needs' }),
          );
        }
      }
    });
  },
);

it('no two presets share a name', () => {
  const slugs = allPresets().map(({ preset }) => preset.slug);
  expect(new Set(slugs).size).toBe(slugs.length);
});
