import type { ErrorEntry } from './error-entry.ts';

/** The command line and its files. */
export const cliErrors = {
  'cli.no_file': { status: 404, en: 'There is no file {path}', zh: '找不到文件{path}' },
  'cli.bad_file': {
    status: 400,
    en: '{path} cannot be read: {reason}',
    zh: '无法读取{path}：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
