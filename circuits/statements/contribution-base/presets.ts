import { insuranceIndex } from '../../../src/ledger/insurance.ts';
import type { Preset } from '../../../src/statements/preset.ts';

const MAX_BASE_FEN = 2n ** 32n - 1n;

/** Named uses of `contribution-base@1`. */
export const presets: readonly Preset[] = [
  {
    slug: 'loan-base-band',
    name: {
      en: 'Loan: average base of the last 12 months in a band',
      zh: '贷款：近12个月平均缴费基数区间',
    },
    needs: ['minBaseFen'],
    params: (input) => ({
      months: 12n,
      insurance: BigInt(insuranceIndex(input.insurance ?? 'pension')),
      minBaseFen: BigInt(input.minBaseFen ?? 0),
      maxBaseFen: input.maxBaseFen === undefined ? MAX_BASE_FEN : BigInt(input.maxBaseFen),
    }),
  },
];
