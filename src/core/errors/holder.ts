import type { ErrorEntry } from './error-entry.ts';

/** Holder keys, bundles, wallets. */
export const holderErrors = {
  'holder.bad_mnemonic': {
    status: 400,
    en: 'These words are not a valid recovery phrase',
    zh: '助记词无效',
  },
  'holder.bad_key': {
    status: 400,
    en: 'The holder key is not valid: {reason}',
    zh: '持有人公钥无效：{reason}',
  },
  'holder.bad_enrolment': {
    status: 400,
    en: 'The enrolment is not valid: {reason}',
    zh: '登记请求无效：{reason}',
  },
  'holder.wrong_key': {
    status: 403,
    en: 'This record belongs to another holder key',
    zh: '该记录属于另一把持有人密钥',
  },
  'wallet.malformed': {
    status: 400,
    en: 'The wallet file is malformed: {reason}',
    zh: '钱包文件格式错误：{reason}',
  },
  'wallet.weak_passphrase': {
    status: 400,
    en: 'The passphrase needs at least {min} characters',
    zh: '口令至少需要{min}个字符',
  },
  'wallet.not_opened': {
    status: 403,
    en: 'The passphrase is wrong or the wallet file was changed',
    zh: '口令错误，或钱包文件已被改动',
  },
  'wallet.device_refused': {
    status: 403,
    en: 'The device did not unlock: it was cancelled, or took too long',
    zh: '设备没有解锁：操作被取消，或等待时间过长',
  },
  'wallet.device_unfit': {
    status: 400,
    en: 'This device or browser cannot keep a wallet with its own unlock',
    zh: '这台设备或浏览器的自带解锁不能用来保护钱包',
  },
  'bundle.malformed': {
    status: 400,
    en: 'The holder bundle is malformed: {reason}',
    zh: '持有人数据包格式错误：{reason}',
  },
  'bundle.inconsistent': {
    status: 400,
    en: 'The holder bundle contradicts itself: {reason}',
    zh: '持有人数据包自相矛盾：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
