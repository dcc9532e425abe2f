import type { ErrorEntry } from './error-entry.ts';

/** Bureaus over HTTP: operators, uploads, closings; backups. */
export const bureauErrors = {
  // Who operates.
  'operator.no_token': {
    status: 401,
    en: "An operator's token is needed",
    zh: '需要操作员令牌',
  },
  'operator.bad_token': {
    status: 401,
    en: 'The token is not good: {reason}',
    zh: '令牌无效：{reason}',
  },
  'operator.wrong_role': {
    status: 403,
    en: 'This needs one of the roles: {roles}',
    zh: '需要以下角色之一：{roles}',
  },
  'operator.no_issuer': {
    status: 403,
    en: 'Nobody vouches for operators here: set CANBAO_OIDC_ISSUER',
    zh: '未配置操作员身份提供方：请设置CANBAO_OIDC_ISSUER',
  },
  'operator.no_development_issuer': {
    status: 409,
    en: 'The built-in issuer counts only outside production and where CANBAO_OIDC_ISSUER is not set',
    zh: '内置签发方仅在非生产环境且未设置CANBAO_OIDC_ISSUER时有效',
  },
  'operator.issuer_unreachable': {
    status: 503,
    en: 'The issuer of operator tokens does not answer as it should: {reason}',
    zh: '操作员令牌的签发方未正常响应：{reason}',
  },

  // What they send.
  'upload.not_found': { status: 404, en: 'There is no such upload', zh: '找不到该上传文件' },
  'upload.incomplete': {
    status: 400,
    en: 'The upload lacks its part: {part}',
    zh: '上传内容缺少：{part}',
  },
  'upload.lost': {
    status: 410,
    en: 'The uploaded file is no longer there',
    zh: '上传的文件已不存在',
  },
  'upload.importing': {
    status: 409,
    en: 'A file is being imported; wait until it is done',
    zh: '正在导入文件，请等待完成',
  },
  'upload.abandoned': {
    status: 409,
    en: 'The import was given up and undone',
    zh: '该导入已放弃并撤销',
  },
  'closing.not_found': { status: 404, en: 'There is no such closing', zh: '找不到该结账任务' },

  // Backups.
  'backup.not_backup': {
    status: 400,
    en: 'The file is not a backup of Canbao: {reason}',
    zh: '该文件不是参保的备份：{reason}',
  },
  'backup.altered': {
    status: 400,
    en: 'The backup is cut short or was changed since it was written',
    zh: '备份不完整或已被改动',
  },
  'backup.newer': {
    status: 409,
    en: 'The backup was written by a newer release ({what})',
    zh: '备份由更新的版本生成（{what}）',
  },
  'backup.older': {
    status: 409,
    en: 'The backup was written by an older release, before {what}: restore it with that release, then update',
    zh: '备份由更早的版本生成（早于{what}）：请先用该版本恢复，再升级',
  },
  'backup.not_empty': {
    status: 409,
    en: 'A backup is restored into an empty installation only: {what} is there already',
    zh: '只能恢复到空的安装：{what}已存在',
  },
} as const satisfies Record<string, ErrorEntry>;
