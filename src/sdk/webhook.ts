import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { type Clock, systemClock } from '../core/clock.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { VerdictAnswer } from './answers.ts';

/** What a server received, and the secret it shares with the service. */
export interface ReceivedWebhook {
  /** `whsec_…`, as it was told once. */
  readonly secret: string;
  /** A `Headers`, or the object of Node's request. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it was received: parsed and written anew it would be another. */
  readonly body: string | Uint8Array;
  readonly clock?: Clock | undefined;
  /** Seconds its time may differ from ours; default 300. */
  readonly toleranceSeconds?: number | undefined;
}

/** What the service tells of a request that was answered. */
export interface VerdictWebhook {
  readonly type: 'verdict';
  /** Unix seconds. */
  readonly timestamp: number;
  readonly data: { readonly requestId: string; readonly verdict: VerdictAnswer };
}

export interface Webhook<T> {
  /** The same for every attempt to deliver it: what was handled once may be skipped. */
  readonly id: string;
  readonly payload: T;
}

const TOLERANCE_SECONDS = 300;

/**
 * Checks a webhook as Standard Webhooks has it signed, and reads it: nobody but the service can
 * have sent it, within the last minutes.
 *
 * @example
 * ```ts
 * const { id, payload } = verifyWebhook({ secret, headers: request.headers, body });
 * ```
 * @throws sdk.bad_webhook
 */
export function verifyWebhook<T = VerdictWebhook>(received: ReceivedWebhook): Webhook<T> {
  const { secret, clock = systemClock, toleranceSeconds = TOLERANCE_SECONDS } = received;
  const body = typeof received.body === 'string' ? utf8ToBytes(received.body) : received.body;
  const id = header(received, 'webhook-id');
  const timestamp = header(received, 'webhook-timestamp');
  if (!/^\d{1,12}$/.test(timestamp)) throw bad('its time is none');
  if (Math.abs(clock() - Number(timestamp)) > toleranceSeconds) throw bad('its time is not now');

  const expected = hmac(
    sha256,
    secretBytes(secret),
    concatBytes(utf8ToBytes(`${id}.${timestamp}.`), body),
  );
  const signatures = header(received, 'webhook-signature').split(' ');
  if (!signatures.some((text) => isSame(expected, signatureBytes(text)))) {
    throw bad('its signature is not of the secret');
  }
  return { id, payload: JSON.parse(new TextDecoder().decode(body)) as T };
}

function header({ headers }: ReceivedWebhook, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value !== 'string' || value === '') throw bad(`${name} is missing`);
  return value;
}

function secretBytes(secret: string): Uint8Array {
  const key = decoded(secret.replace(/^whsec_/, ''));
  if (!key || key.length === 0) throw bad('the secret is none');
  return key;
}

function signatureBytes(text: string): Uint8Array | undefined {
  return text.startsWith('v1,') ? decoded(text.slice(3)) : undefined;
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}

/** In the same time wherever they differ. */
function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  if (a.length !== b?.length) return false;
  let difference = 0;
  for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0);
  return difference === 0;
}

function bad(reason: string): CanbaoError {
  return new CanbaoError('sdk.bad_webhook', { reason });
}
