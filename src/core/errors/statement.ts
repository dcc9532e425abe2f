import type { ErrorEntry } from './error-entry.ts';

/** Statements, their parameters and presets. */
export const statementErrors = {
  'statement.unknown': {
    status: 404,
    en: 'There is no statement {statement}',
    zh: '没有名为{statement}的声明',
  },
  'statement.unknown_preset': {
    status: 404,
    en: 'There is no preset {preset}',
    zh: '没有名为{preset}的预设',
  },
  'statement.bad_params': {
    status: 400,
    en: 'The parameters do not fit {statement}: {reason}',
    zh: '参数不符合{statement}的要求：{reason}',
  },
  'statement.not_satisfied': {
    status: 422,
    en: 'The record does not satisfy the request: {reason}',
    zh: '记录不满足请求：{reason}',
  },
  'statement.preset_needs': {
    status: 400,
    en: 'The preset {preset} needs {field}',
    zh: '预设{preset}需要提供{field}',
  },
  'statement.bad_input': {
    status: 400,
    en: '{field} of a preset must be: {reason}',
    zh: '预设的{field}应为：{reason}',
  },
  'statement.preset_alone': {
    status: 400,
    en: 'The preset {preset} is a set of its own ({mode} of its statements): it joins no other',
    zh: '预设{preset}本身是一组声明（{mode}），不能与其他预设合并',
  },
  'policy.no_figure': {
    status: 422,
    en: 'The policies have no {figure} of {policy} for {month} (region {region})',
    zh: '政策数据中没有{policy}在{month}的{figure}（地区{region}）',
  },
  'statement.wrong_subject': {
    status: 400,
    en: '{statement} is about the other kind of record (person or employer)',
    zh: '{statement}针对另一类记录（个人或单位）',
  },
} as const satisfies Record<string, ErrorEntry>;
