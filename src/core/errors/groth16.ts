import type { ErrorEntry } from './catalogue.ts';

/** Proofs and keys. */
export const groth16Errors = {
  'key.unsafe': {
    status: 500,
    en: 'The key of {statement} is unsafe: {reason}',
    zh: '{statement}的密钥不安全：{reason}',
  },
  'key.development_refused': {
    status: 500,
    en: 'The key of {statement} is a development key and production refuses it',
    zh: '{statement}的密钥是开发密钥，生产环境拒绝使用',
  },
  'key.bad_file': {
    status: 400,
    en: 'The {kind} file cannot be used: {reason}',
    zh: '{kind}文件无法使用：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
