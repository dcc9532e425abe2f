import { addMonths } from '../../../src/core/month.ts';
import { packCreditCode } from '../../../src/ledger/employer.ts';
import type { Preset } from '../../../src/statements/preset.ts';

/** Named uses of `employer-standing@1`. */
export const presets: readonly Preset[] = [
  {
    slug: 'employer-no-arrears-12m',
    name: {
      en: 'Employer: no arrears, 12 months paid in full',
      zh: '单位：无欠费，连续12个月足额缴费',
    },
    needs: ['employer'],
    params: (input) => ({
      employer: input.employer === undefined ? 0n : packCreditCode(input.employer),
      from: BigInt(addMonths(input.asOf, -11)),
      to: BigInt(input.asOf),
      minPeople: BigInt(input.minPeople ?? 0),
      isArrearsFree: 1n,
    }),
  },
];
