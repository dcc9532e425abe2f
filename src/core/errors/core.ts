import type { ErrorEntry } from './error-entry.ts';

/** Field elements, months, money, packed words, files. */
export const coreErrors = {
  'core.not_canonical': {
    status: 400,
    en: '{what} is not a canonical decimal number below its limit',
    zh: '{what}不是规范的十进制数或超出范围',
  },
  'core.out_of_range': {
    status: 400,
    en: '{what} is {value}; it must be from {min} to {max}',
    zh: '{what}的值为{value}，应在{min}到{max}之间',
  },
  'core.bad_month': {
    status: 400,
    en: '{value} is not a month (YYYY-MM)',
    zh: '{value}不是有效月份（YYYY-MM）',
  },
  'core.bad_amount': {
    status: 400,
    en: '{value} is not an amount in yuan with at most two decimals',
    zh: '{value}不是有效金额（元，最多两位小数）',
  },
  'core.unknown_field': {
    status: 400,
    en: '{layout} has no field {field}',
    zh: '{layout}没有字段{field}',
  },
  'core.bad_bytes': {
    status: 400,
    en: '{what} must be {bytes} bytes',
    zh: '{what}应为{bytes}字节',
  },
  'core.internal': {
    status: 500,
    en: 'Something went wrong on our side: {what}',
    zh: '系统内部错误：{what}',
  },
} as const satisfies Record<string, ErrorEntry>;
