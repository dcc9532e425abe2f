import type { ErrorEntry } from './error-entry.ts';

/** Presentation requests and presentations. */
export const requestErrors = {
  'request.malformed': {
    status: 400,
    en: 'The presentation request is malformed: {reason}',
    zh: '出示请求格式错误：{reason}',
  },
  'request.bad_audience': {
    status: 400,
    en: 'The audience must be an https origin (https://example.org) or a CAIP-10 account (eip155:1:0x…)',
    zh: '受众应为https来源（如https://example.org）或CAIP-10账户（eip155:1:0x…）',
  },
  'request.bad_purpose': {
    status: 400,
    en: 'The purpose must be 1 to 120 visible characters without a colon',
    zh: '用途应为1至120个可见字符，且不含半角冒号',
  },
  'request.expired': {
    status: 410,
    en: 'The request expired at {expiresAt}',
    zh: '请求已于{expiresAt}过期',
  },
  'presentation.malformed': {
    status: 400,
    en: 'The presentation is malformed: {reason}',
    zh: '出示文件格式错误：{reason}',
  },
  'epochs.malformed': {
    status: 400,
    en: 'The list of epochs is malformed: {reason}',
    zh: '账期列表格式错误：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
