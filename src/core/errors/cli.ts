import type { ErrorEntry } from './error-entry.ts';

/** The command line and its files. */
export const cliErrors = {
  'cli.no_file': { status: 404, en: 'There is no file {path}', zh: '找不到文件{path}' },
  'cli.bad_file': {
    status: 400,
    en: '{path} cannot be read: {reason}',
    zh: '无法读取{path}：{reason}',
  },
  'cli.unwritable': {
    status: 500,
    en: '{path} cannot be written: {reason}',
    zh: '无法写入{path}：{reason}',
  },
  'cli.bad_usage': {
    status: 400,
    en: '{reason} (--help tells what there is)',
    zh: '用法有误：{reason}（--help查看用法）',
  },
  'cli.bad_option': { status: 400, en: '{option} must be: {reason}', zh: '{option}应为：{reason}' },
  'cli.file_exists': {
    status: 409,
    en: '{path} exists already; it is not overwritten',
    zh: '{path}已存在，不会覆盖',
  },
  'cli.no_passphrase': {
    status: 400,
    en: 'A passphrase is needed: type it at a terminal or set CANBAO_PASSPHRASE',
    zh: '需要口令：请在终端输入或设置CANBAO_PASSPHRASE',
  },
  'cli.passphrases_differ': {
    status: 400,
    en: 'The two passphrases are not the same',
    zh: '两次输入的口令不一致',
  },
  'cli.no_consent': {
    status: 400,
    en: 'Nothing was proven: the holder did not agree (--yes agrees)',
    zh: '持有人未同意，未生成证明（--yes表示同意）',
  },
  'cli.demo_failed': {
    status: 500,
    en: 'The demo step {step} did not go as it should: {reason}',
    zh: '演示步骤{step}未按预期进行：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
