import type { ErrorEntry } from './error-entry.ts';

/** Presentation requests and presentations. */
export const requestErrors = {
  'request.malformed': {
    status: 400,
    en: 'The presentation request is malformed: {reason}',
    zh: '出示请求格式错误：{reason}',
  },
  'request.bad_audience': {
    status: 400,
    en: 'The audience must be an https origin (https://example.org) or a CAIP-10 account (eip155:1:0x…)',
    zh: '受众应为https来源（如https://example.org）或CAIP-10账户（eip155:1:0x…）',
  },
  'request.bad_purpose': {
    status: 400,
    en: 'The purpose must be 1 to 120 visible characters without a colon',
    zh: '用途应为1至120个可见字符，且不含半角冒号',
  },
  'request.expired': {
    status: 410,
    en: 'The request expired at {expiresAt}',
    zh: '请求已于{expiresAt}过期',
  },
  'request_set.malformed': {
    status: 400,
    en: 'The request set is malformed: {reason}',
    zh: '请求组格式错误：{reason}',
  },
  'request_set.differs': {
    status: 400,
    en: 'Request {number} of the set has another {field} than the first; they must share it',
    zh: '请求组中第{number}项的{field}与第一项不同，二者必须一致',
  },
  'request_set.repeated': {
    status: 400,
    en: 'Request {number} of the set repeats the {what} of another',
    zh: '请求组中第{number}项与另一项的{what}重复',
  },
  'request_set.mixed': {
    status: 400,
    en: 'A set is about a person or about an employer, not both: their keys differ',
    zh: '一组请求只能针对个人或单位之一：二者的密钥不同',
  },
  'request_set.bad_choice': {
    status: 400,
    en: 'The set has no request {number} to choose, or asks for all of them',
    zh: '请求组中没有可供选择的第{number}项，或要求全部证明',
  },
  'request_set.not_satisfied': {
    status: 422,
    en: 'The record does not satisfy {failing} of the {requests} requests of the set',
    zh: '记录不满足请求组{requests}项中的{failing}项',
  },
  'presentation_set.malformed': {
    status: 400,
    en: 'The presentation set is malformed: {reason}',
    zh: '出示组文件格式错误：{reason}',
  },
  'presentation_set.incomplete': {
    status: 400,
    en: 'Request {number} of {requests} is not answered',
    zh: '{requests}项请求中的第{number}项未获回应',
  },
  'presentation.malformed': {
    status: 400,
    en: 'The presentation is malformed: {reason}',
    zh: '出示文件格式错误：{reason}',
  },
  'epochs.malformed': {
    status: 400,
    en: 'The list of epochs is malformed: {reason}',
    zh: '账期列表格式错误：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
