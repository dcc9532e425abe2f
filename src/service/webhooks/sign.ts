import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { RandomBytes } from '../../core/random.ts';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

export interface WebhookToSign {
  /** The same for every attempt, so that a receiver knows what it has had. */
  readonly id: string;
  /** Unix seconds of the attempt. */
  readonly timestamp: number;
  /** As it is sent. */
  readonly body: string;
  /** `whsec_…` */
  readonly secret: string;
}

/** A secret to share with a receiver, in the form of Standard Webhooks. */
export function newWebhookSecret(random: RandomBytes): string {
  return PREFIX + base64.encode(random(SECRET_BYTES));
}

/**
 * Headers by which the receiver knows who sent it, and when.
 * @throws webhook.bad_secret
 * @see https://www.standardwebhooks.com
 */
export function signWebhook({ id, timestamp, body, secret }: WebhookToSign) {
  const signed = utf8ToBytes(`${id}.${timestamp}.${body}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': `${timestamp}`,
    'webhook-signature': `v1,${base64.encode(hmac(sha256, secretBytes(secret), signed))}`,
  };
}

function secretBytes(secret: string): Uint8Array {
  try {
    if (!secret.startsWith(PREFIX)) throw new TypeError('no prefix');
    const bytes = base64.decode(secret.slice(PREFIX.length));
    if (bytes.length >= 24 && bytes.length <= 64) return bytes;
    throw new RangeError(`${bytes.length} bytes`);
  } catch (cause) {
    throw new CanbaoError('webhook.bad_secret', {}, cause);
  }
}
