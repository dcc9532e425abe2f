import type { ErrorEntry } from './error-entry.ts';

/** Audits. What an audit finds is no error: see its findings. */
export const auditErrors = {
  'audit.bad_notes': {
    status: 400,
    en: 'These are not the notes of an audit: {reason}',
    zh: '不是有效的审计笔记：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
