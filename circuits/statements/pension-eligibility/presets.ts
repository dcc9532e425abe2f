import type { Preset } from '../../../src/statements/preset.ts';

/** Named uses of `pension-eligibility@1`. */
export const presets: readonly Preset[] = [
  {
    slug: 'pension-claim',
    name: { en: 'Pension claim at the statutory age', zh: '达到法定退休年龄申领养老金' },
    policy: 'pension-minimum',
    needs: [],
    params: (input) => ({ asOf: BigInt(input.asOf), isEarlyAllowed: 0n }),
  },
  {
    slug: 'pension-claim-early',
    name: {
      en: 'Pension claim, flexible early retirement included',
      zh: '申领养老金（含弹性提前退休）',
    },
    policy: 'pension-minimum',
    needs: [],
    params: (input) => ({ asOf: BigInt(input.asOf), isEarlyAllowed: 1n }),
  },
];
