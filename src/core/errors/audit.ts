import type { ErrorEntry } from './error-entry.ts';

/** Audits. What an audit finds is no error: see its findings. */
export const auditErrors = {
  'audit.bad_notes': {
    status: 400,
    en: 'These are not the notes of an audit: {reason}',
    zh: '不是有效的审计笔记：{reason}',
  },
  'audit.not_found': { status: 404, en: 'There is no such audit', zh: '找不到该审计任务' },
} as const satisfies Record<string, ErrorEntry>;
