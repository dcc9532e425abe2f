import type { ErrorEntry } from './error-entry.ts';

/** Certificates that are looked up by a code. */
export const certificateErrors = {
  'certificate.bad_code': {
    status: 400,
    en: 'That is not the code of a certificate; please compare each letter',
    zh: '证明编码有误，请逐字核对',
  },
  'certificate.unknown': {
    status: 404,
    en: 'There is no certificate with this code, or it is no longer valid',
    zh: '没有这个编码对应的证明，或证明已失效',
  },
  'certificate.refused': {
    status: 422,
    en: 'Only a proof that holds gets a code; this one was found {reason}',
    zh: '只有验证通过的证明才能获得编码；本证明的验证结果为{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
