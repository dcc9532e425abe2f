import type { ErrorEntry } from './error-entry.ts';

/** Verdicts over HTTP. */
export const verdictErrors = {
  'verdict.once_unkept': {
    status: 400,
    en: 'Nothing is kept here, so nobody can be counted once: ask with a request of your own (POST /v1/requests)',
    zh: '此接口不保存任何内容，无法保证同一持有人仅计一次：请先创建请求（POST /v1/requests）',
  },
  'verdict.repeated_name': {
    status: 400,
    en: 'Presentation {number} has the name of another; each needs its own',
    zh: '第{number}份出示与另一份同名；名称不得重复',
  },
  'verdict.other_registry': {
    status: 400,
    en: 'The request is bound to registry {registry} on chain {chainId}; this service knows {ownRegistry} on chain {ownChainId}',
    zh: '请求绑定的是链{chainId}上的登记合约{registry}；本服务使用链{ownChainId}上的{ownRegistry}',
  },
} as const satisfies Record<string, ErrorEntry>;
