import type { ErrorEntry } from './error-entry.ts';

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
  'key.too_few_contributions': {
    status: 500,
    en: 'The key of {statement} has {found} contributions; a ceremony needs {required}',
    zh: '{statement}的密钥只有{found}份贡献，可信设置至少需要{required}份',
  },
  'key.hash_mismatch': {
    status: 500,
    en: 'The {file} of {statement} is not the one its manifest names',
    zh: '{statement}的{file}与清单不符',
  },
  'key.unknown': {
    status: 404,
    en: 'The manifest has no key for {statement}',
    zh: '清单中没有{statement}的密钥',
  },
  'key.bad_file': {
    status: 400,
    en: 'The {kind} file cannot be used: {reason}',
    zh: '{kind}文件无法使用：{reason}',
  },
  'proof.malformed': {
    status: 400,
    en: 'The proof is malformed: {reason}',
    zh: '证明格式错误：{reason}',
  },
  'prove.failed': {
    status: 500,
    en: 'The proof could not be made: {reason}',
    zh: '无法生成证明：{reason}',
  },
  'prove.aborted': { status: 499, en: 'Proving was cancelled', zh: '已取消生成证明' },
  'key.compile_failed': {
    status: 500,
    en: 'The circuit of {statement} does not compile: {reason}',
    zh: '{statement}的电路编译失败：{reason}',
  },
  'prove.bad_input': {
    status: 500,
    en: 'The circuit inputs do not fit: {reason}',
    zh: '电路输入不匹配：{reason}',
  },
  'prove.unsatisfied': {
    status: 422,
    en: 'The circuit refuses these inputs: {reason}',
    zh: '电路拒绝该输入：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
