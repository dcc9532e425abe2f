import type { ErrorEntry } from './catalogue.ts';

/** Holder keys, bundles, wallets. */
export const holderErrors = {
  'holder.bad_mnemonic': {
    status: 400,
    en: 'These words are not a valid recovery phrase',
    zh: '助记词无效',
  },
} as const satisfies Record<string, ErrorEntry>;
