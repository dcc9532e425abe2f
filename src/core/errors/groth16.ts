import type { ErrorEntry } from './catalogue.ts';

/** Proofs and keys. */
export const groth16Errors = {
  'key.unsafe': { status: 500, en: 'The key of {statement} is unsafe: {reason}', zh: '{statement}的密钥不安全：{reason}' },
  'key.development_refused': { status: 500, en: 'The key of {statement} is a development key and production refuses it', zh: '{statement}的密钥是开发密钥，生产环境拒绝使用' },
} as const satisfies Record<string, ErrorEntry>;
