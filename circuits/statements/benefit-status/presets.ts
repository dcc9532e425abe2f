import type { Preset } from '../../../src/statements/preset.ts';

/** Named uses of `benefit-status@1`. */
export const presets: readonly Preset[] = [
  {
    slug: 'receives-pension',
    name: { en: 'Receives a pension', zh: '正在领取养老金' },
    needs: [],
    params: () => ({ benefit: 0n, isReceiving: 1n }),
  },
  {
    slug: 'no-benefit',
    name: { en: 'Receives no pension and no unemployment benefit', zh: '未领取养老金和失业保险金' },
    needs: [],
    params: () => ({ benefit: 2n, isReceiving: 0n }),
  },
];
