import type { ErrorEntry } from './error-entry.ts';

/** Verdicts sent to verifiers' servers. */
export const webhookErrors = {
  'webhook.bad_url': {
    status: 400,
    en: 'The webhook address cannot be used: {reason}',
    zh: 'Webhook地址无效：{reason}',
  },
  'webhook.bad_secret': {
    status: 400,
    en: 'A webhook secret is whsec_ and 24 to 64 bytes in base64',
    zh: 'Webhook密钥应为whsec_加24至64字节的base64',
  },
  'webhook.private_address': {
    status: 400,
    en: 'The webhook address leads into a private network',
    zh: 'Webhook地址指向内部网络',
  },
  'webhook.not_taken': {
    status: 502,
    en: 'The webhook was not taken: {status}',
    zh: 'Webhook未被接收：{status}',
  },
} as const satisfies Record<string, ErrorEntry>;
