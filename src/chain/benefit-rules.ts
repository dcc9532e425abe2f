import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type MonthIndex, monthIndex } from '../core/month.ts';
import type { ParamsLayout, ParamsLayouts } from '../request/params.ts';
import { type ClaimRule, type ClaimRuleDraft, claimRule } from './claim-rules.ts';

/** Years are those of China, UTC+8. */
const CHINA_SECONDS = 8 * 3600;

export interface BenefitRulesOptions {
  /** Claims are taken through this calendar year, and prove a month of it. */
  readonly year: number;
  /** Keys enrolled before this month claim; default: the year's first. */
  readonly identityBefore?: MonthIndex;
}

/**
 * The preset rules of a year: pensions, at the statutory age or flexibly earlier, once in a life;
 * unemployment benefit of whatever tier, once in the year.
 * @throws chain.bad_value where a statement is unknown
 */
export function benefitRules(
  statements: ParamsLayouts,
  { year, identityBefore = monthIndex(year, 1) }: BenefitRulesOptions,
): ClaimRule[] {
  const starts = (of: number) => Date.UTC(of, 0, 1) / 1000 - CHINA_SECONDS;
  const [opensAt, closesAt] = [starts(year), starts(year + 1)];
  const exactly = (value: number): readonly [bigint, bigint] => [BigInt(value), BigInt(value)];
  const shared = {
    identityBefore: exactly(identityBefore),
    asOf: [BigInt(monthIndex(year, 1)), BigInt(monthIndex(year, 12))],
  } as const;
  const drafts: Omit<ClaimRuleDraft, 'opensAt' | 'closesAt'>[] = [
    ...[0, 1].map((isEarly) => ({
      benefit: isEarly ? 'pension-early' : 'pension',
      statement: layoutOf(statements, 'pension-eligibility@1'),
      purpose: 'pension-claim',
      fields: { ...shared, isEarlyAllowed: exactly(isEarly) },
    })),
    {
      benefit: 'unemployment',
      statement: layoutOf(statements, 'unemployment-eligibility@1'),
      purpose: `unemployment-claim-${year}`,
      // Whatever tier was proven is in the claim.
      fields: { ...shared, minBenefitMonths: [1n, 24n] },
    },
  ];
  return drafts.map((draft) => claimRule({ ...draft, opensAt, closesAt }));
}

function layoutOf(statements: ParamsLayouts, name: string): ParamsLayout {
  const layout = statements.get(name);
  if (!layout) throw new CanbaoError('chain.bad_value', { reason: `no statement ${name}` });
  return layout;
}
