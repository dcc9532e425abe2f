import {
  type CanbaoError,
  errorText,
  type Language,
} from '../../../src/core/errors/canbao-error.ts';
import { type ErrorCode, errorCatalogue } from '../../../src/core/errors/catalogue.ts';

/** Reasons in the facts of faults are English: they are for who writes programs. */
const reasons: Readonly<Record<string, string>> = {
  JSON: '内容不是完整的 JSON',
  QR: '二维码不完整，或认不出',
  'it is not a presentation code': '这不是证明的编码',
  'neither a proof nor a code': '既不是证明，也不是编码',
  'it is incomplete': '内容不完整',
  'the code is too long': '编码太长',
  'the code is too short': '编码太短',
  'the code is damaged': '编码有误或不完整',
  'the code has letters that no code has, or misses some': '编码里有不该有的字，或者少了字',
  'the code is of a version that is not known here': '本页不认识这一版的编码',
  'the codes are of several presentations': '这些编码属于不同的证明',
  'a code is given twice': '有一个编码重复了',
  'the key did not sign it': '签名与密钥不符',
  // What a proof was found to be.
  expired: '已过有效期',
  corrected: '所依据的账本已更正',
  superseded: '所依据的账本已被更新的取代',
  invalid_proof: '证明不成立',
  key_refused: '密钥不被接受',
  unknown_root: '所依据的账本从未公布',
};

/** Faults whose reason would stand in English in the middle of a Chinese sentence. */
const TECHNICAL =
  /malformed$|^(holder\.bad_|cli\.bad_file|bundle\.inconsistent|certificate\.refused|(sdk|peer)\.(unreachable|bad_answer))/;

/** The sentence of a fault for who reads the pages. */
export function faultText(
  { code, facts }: Pick<CanbaoError, 'code' | 'facts'>,
  language: Language,
): string {
  const { reason } = facts;
  if (language === 'en' || typeof reason !== 'string' || !TECHNICAL.test(code)) {
    return errorText(code, facts, language);
  }
  const text = errorText(code, { ...facts, reason: inChinese(reason) }, language);
  return text.replace(/：$/, '');
}

/** A fault as a service tells of it; of one that is not known here, its own words. */
export interface ToldFault {
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly title: string;
}

export function toldFaultText({ code, facts, title }: ToldFault, language: Language): string {
  const isKnown = Object.hasOwn(errorCatalogue, code);
  return isKnown ? faultText({ code: code as ErrorCode, facts }, language) : title;
}

/** Empty where nobody has put it into Chinese: what is wrong is said, and not more. */
function inChinese(reason: string): string {
  const [, number, of] = /^code (\d+) of (\d+) is missing$/.exec(reason) ?? [];
  if (number !== undefined) return `共 ${of} 个编码，还缺第 ${number} 个`;
  return reasons[reason] ?? (/[A-Za-z]{3}/.test(reason) ? '' : reason);
}
