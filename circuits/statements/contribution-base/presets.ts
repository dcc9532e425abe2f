import { toFen } from '../../../src/core/money.ts';
import { insuranceIndex } from '../../../src/ledger/insurance.ts';
import { newestFigure } from '../../../src/statements/policy.ts';
import { figureFor, type Preset } from '../../../src/statements/preset.ts';

const MAX_BASE_FEN = 2n ** 32n - 1n;
const BOUNDS = 'contribution-base-bounds';
const months = newestFigure('loan', 'averageMonths');
const [lower, upper] = [newestFigure(BOUNDS, 'lowerPercent'), newestFigure(BOUNDS, 'upperPercent')];

/** Named uses of `contribution-base@1`. Figures: `policies/`. */
export const presets: readonly Preset[] = [
  {
    slug: 'loan-base-band',
    policy: 'loan',
    name: {
      en: `Loan: average base of the last ${months} months in a band`,
      zh: `贷款：近${months}个月平均缴费基数区间`,
    },
    needs: ['minBaseFen'],
    params: (input) => ({
      months: BigInt(figureFor(input, 'loan', 'averageMonths')),
      insurance: BigInt(insuranceIndex(input.insurance ?? 'pension')),
      minBaseFen: BigInt(input.minBaseFen ?? 0),
      maxBaseFen: input.maxBaseFen === undefined ? MAX_BASE_FEN : BigInt(input.maxBaseFen),
    }),
  },
  {
    slug: 'base-within-bounds',
    policy: BOUNDS,
    name: {
      en: `This month’s base is within ${lower} % to ${upper} % of the local average wage`,
      zh: `当月缴费基数在当地平均工资的${lower}%至${upper}%之间`,
    },
    needs: ['averageWageFen'],
    params: (input) => {
      const wage = input.averageWageFen ?? 0;
      const percent = (figure: string) => (wage * figureFor(input, BOUNDS, figure)) / 100;
      return {
        months: 1n,
        insurance: BigInt(insuranceIndex(input.insurance ?? 'pension')),
        // Rounded outwards: a fraction of a fen is no breach of the bounds.
        minBaseFen: BigInt(toFen(Math.floor(percent('lowerPercent')))),
        maxBaseFen: BigInt(toFen(Math.ceil(percent('upperPercent')))),
      };
    },
  },
];
