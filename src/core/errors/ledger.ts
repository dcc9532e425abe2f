import type { ErrorEntry } from './catalogue.ts';

/** Accounts, trees, imports, the store, epochs. */
export const ledgerErrors = {
  'ledger.not_found': { status: 404, en: 'There is no account {what}', zh: '找不到账户{what}' },
  'ledger.bad_credit_code': { status: 400, en: '{value} is not a valid credit code (GB 32100)', zh: '{value}不是有效的统一社会信用代码' },
  'ledger.bad_region': { status: 400, en: '{value} is not a region code (GB/T 2260)', zh: '{value}不是有效的行政区划代码' },
  'ledger.tree_full': { status: 507, en: 'A tree holds {places} leaves and is full', zh: '树已满，最多{places}个叶子' },
} as const satisfies Record<string, ErrorEntry>;
