import type { ErrorEntry } from './error-entry.ts';

/** What programs that use a service meet on their side. */
export const sdkErrors = {
  'sdk.unreachable': {
    status: 503,
    en: 'The service at {origin} cannot be reached: {reason}',
    zh: '无法连接服务{origin}：{reason}',
  },
  'sdk.bad_answer': {
    status: 502,
    en: 'The service at {origin} answered with something else than was asked: {reason}',
    zh: '服务{origin}的应答不符合约定：{reason}',
  },
  'sdk.bad_url': {
    status: 400,
    en: 'The address of the service cannot be used: {reason}',
    zh: '服务地址无效：{reason}',
  },
  'sdk.bad_link': {
    status: 400,
    en: 'This is no link to a request: {reason}',
    zh: '这不是请求链接：{reason}',
  },
  'sdk.foreign_request': {
    status: 403,
    en: 'The request is in the name of {audience}, but was found at {origin}, which is neither that nor trusted',
    zh: '请求以{audience}的名义提出，却来自{origin}；后者既非该受众，亦不受信任',
  },
  'sdk.bad_webhook': {
    status: 400,
    en: 'The webhook is not to be trusted: {reason}',
    zh: 'Webhook不可信：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
