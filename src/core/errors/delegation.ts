import type { ErrorEntry } from './error-entry.ts';

/** Holders over HTTP: login, bundle, proofs made for them. */
export const delegationErrors = {
  'holder.other_key': {
    status: 409,
    en: 'This commitment is bound to another public key',
    zh: '该承诺已绑定另一把公钥',
  },
  'holder.challenge_gone': {
    status: 401,
    en: 'The challenge is unknown, used or expired; ask for another',
    zh: '登录挑战无效、已使用或已过期，请重新获取',
  },
  'holder.login_refused': {
    status: 401,
    en: 'The signature is not by a holder key enrolled here',
    zh: '签名并非由在此登记的持有人密钥作出',
  },
  'holder.superseded': {
    status: 403,
    en: 'Another key has been enrolled in place of this one',
    zh: '该密钥已被新登记的密钥取代',
  },
  'holder.no_session': {
    status: 401,
    en: 'There is no such session, or it has ended; log in again',
    zh: '会话不存在或已结束，请重新登录',
  },
  'holder.not_in_epoch': {
    status: 409,
    en: 'Month {epoch} does not commit to this key: it counts from the month closed after its enrolment on',
    zh: '{epoch}的账期未包含该密钥：密钥自登记后的下一个结账月起生效',
  },
  'delegation.malformed': {
    status: 400,
    en: 'The order for a proof is malformed: {reason}',
    zh: '代理证明委托格式错误：{reason}',
  },
  'delegation.not_signed': {
    status: 403,
    en: 'The holder did not sign the request',
    zh: '持有人未对该请求签名',
  },
  'proof.unknown': {
    status: 404,
    en: 'There is no such proof of yours',
    zh: '没有您的这项证明',
  },
  'proof.too_many_open': {
    status: 429,
    en: 'You already have {open} proofs under way; wait for one, or cancel it',
    zh: '您已有{open}项证明正在生成，请等待完成或取消其中一项',
  },
  'proof.gave_up': {
    status: 500,
    en: 'The proof could not be made in {attempts} attempts',
    zh: '尝试{attempts}次后仍无法生成证明',
  },
} as const satisfies Record<string, ErrorEntry>;
