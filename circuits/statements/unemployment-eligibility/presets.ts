import type { Preset } from '../../../src/statements/preset.ts';

/** Named uses of `unemployment-eligibility@1`. */
export const presets: readonly Preset[] = [12, 18, 24].map((months) => ({
  slug: `unemployment-claim-${months}m`,
  name: {
    en: `Unemployment benefit of ${months} months`,
    zh: `申领失业保险金${months}个月`,
  },
  needs: [],
  params: (input) => ({ asOf: BigInt(input.asOf), minBenefitMonths: BigInt(months) }),
}));
