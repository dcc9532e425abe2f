import { newestVersion, policyStep } from '../../../src/statements/policy.ts';
import type { Preset } from '../../../src/statements/preset.ts';

const policy = 'unemployment';
const tiers = newestVersion(policy).figures.benefitMonths?.steps ?? [];

/** Named uses of `unemployment-eligibility@1`: one a tier of `policies/unemployment.json`. */
export const presets: readonly Preset[] = tiers.map(([paidMonths, months]) => ({
  slug: `unemployment-claim-${months}m`,
  policy,
  name: {
    en: `Unemployment benefit of ${months} months`,
    zh: `申领失业保险金${months}个月`,
  },
  needs: [],
  params: (input) => {
    const at = input.requestedIn ?? input.asOf;
    const benefit = policyStep({ policy, figure: 'benefitMonths', at }, paidMonths);
    return { asOf: BigInt(input.asOf), minBenefitMonths: BigInt(benefit) };
  },
}));
