import { addMonths } from '../../../src/core/month.ts';
import { packCreditCode } from '../../../src/ledger/employer.ts';
import { newestFigure } from '../../../src/statements/policy.ts';
import { figureFor, type Preset } from '../../../src/statements/preset.ts';

const policy = 'employer-standing';
const months = newestFigure(policy, 'months');

/** Named uses of `employer-standing@1`. Figures: `policies/`. */
export const presets: readonly Preset[] = [
  {
    slug: 'employer-no-arrears-12m',
    policy,
    name: {
      en: `Employer: no arrears, ${months} months paid in full`,
      zh: `单位：无欠费，连续${months}个月足额缴费`,
    },
    needs: ['employer'],
    params: (input) => ({
      employer: input.employer === undefined ? 0n : packCreditCode(input.employer),
      from: BigInt(addMonths(input.asOf, 1 - figureFor(input, policy, 'months'))),
      to: BigInt(input.asOf),
      minPeople: BigInt(input.minPeople ?? 0),
      isArrearsFree: 1n,
    }),
  },
];
