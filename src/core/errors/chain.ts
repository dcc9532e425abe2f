import type { ErrorEntry } from './catalogue.ts';

/** The chain, its contracts, the embedded node. */
export const chainErrors = {
  'chain.unreachable': {
    status: 503,
    en: 'The chain at {url} does not answer',
    zh: '无法连接链节点{url}',
  },
} as const satisfies Record<string, ErrorEntry>;
