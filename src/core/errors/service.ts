import type { ErrorEntry } from './error-entry.ts';

/** The service as a whole. */
export const serviceErrors = {
  'service.unsealable': {
    status: 500,
    en: 'Something kept encrypted cannot be opened: the installation has another key than when it was kept',
    zh: '加密保存的数据无法解密：当前安装的密钥与保存时不同',
  },
  'service.bad_setting': {
    status: 500,
    en: 'The setting {name} cannot be used: {reason}',
    zh: '配置项{name}无效：{reason}',
  },
  'service.overloaded': {
    status: 503,
    en: 'The service has more to do than it can; try again shortly',
    zh: '服务繁忙，请稍后重试',
  },
  'service.not_ready': {
    status: 503,
    en: 'The service is not ready: {what} does not answer',
    zh: '服务尚未就绪：{what}无响应',
  },
} as const satisfies Record<string, ErrorEntry>;
