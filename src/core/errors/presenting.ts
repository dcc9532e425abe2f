import type { ErrorEntry } from './error-entry.ts';

/** Requests to holders, their answers, verifiers and webhooks, over HTTP. */
export const presentingErrors = {
  'request.unknown': { status: 404, en: 'There is no such request', zh: '没有这一请求' },
  'request.answered': {
    status: 409,
    en: 'The request has been answered already',
    zh: '该请求已获回应',
  },
  'request.cancelled': {
    status: 410,
    en: 'The verifier took the request back',
    zh: '验证方已撤回该请求',
  },
  'request.foreign_audience': {
    status: 403,
    en: 'You may ask in the name of {audience} only',
    zh: '您只能以{audience}的名义提出请求',
  },
  'request.bad_redirect': {
    status: 400,
    en: 'The redirect URI must be within the audience {audience}, and without a fragment',
    zh: '重定向地址应属于受众{audience}，且不含片段标识',
  },
  'request.bad_question': {
    status: 400,
    en: 'What is asked is not clear: {reason}',
    zh: '请求内容不明确：{reason}',
  },
  'request.wrong_state': {
    status: 400,
    en: 'The state is not that of the request',
    zh: 'state与请求不符',
  },
  'request.wrong_token': {
    status: 401,
    en: 'The token is not that of the request',
    zh: '令牌与请求不符',
  },
  'request.wrong_response_code': {
    status: 403,
    en: 'The verdict is read with the response code the answering browser was given',
    zh: '读取结论需要回应方浏览器获得的response_code',
  },
  'verifier.unknown_key': {
    status: 401,
    en: 'The API key is not that of a verifier, or was revoked',
    zh: 'API密钥不属于任何验证方或已被撤销',
  },
  'verifier.unknown': {
    status: 404,
    en: 'There is no verifier {id} in use',
    zh: '没有编号为{id}的有效验证方',
  },
} as const satisfies Record<string, ErrorEntry>;
