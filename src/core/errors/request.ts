import type { ErrorEntry } from './error-entry.ts';

/** Presentation requests and presentations. */
export const requestErrors = {
  'request.malformed': {
    status: 400,
    en: 'The presentation request is malformed: {reason}',
    zh: '出示请求格式错误：{reason}',
  },
  'presentation.malformed': {
    status: 400,
    en: 'The presentation is malformed: {reason}',
    zh: '出示文件格式错误：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
