import type { Service } from '../service.ts';
import type { ServiceDb } from '../store/tables.ts';
import { newId } from '../tokens.ts';
import { type VerdictJson, verdictAnswer } from '../verdicts/verdict-json.ts';
import { webhookUrl } from './address.ts';

/** A verdict on its way to its verifier. */
export interface VerdictToDeliver {
  readonly requestId: string;
  readonly url: string;
  /** The `whsec_…` text of `newWebhookSecret`, sealed. */
  readonly secret: Uint8Array;
  readonly verdict: VerdictJson;
}

export const WEBHOOK_QUEUE = 'webhook';
/** Attempts until it is given up: over about an hour. */
export const MOST_ATTEMPTS = 10;

/**
 * Keeps a verdict to be delivered: in the transaction that keeps the verdict, so that neither is
 * there without the other. {@link sendDelivery} comes after it.
 * @returns its id
 * @throws webhook.bad_url, webhook.private_address
 */
export function keepDelivery(
  service: Service,
  db: ServiceDb,
  { requestId, url, secret, verdict }: VerdictToDeliver,
): Promise<string> {
  // Read anew: whatever else a verdict may carry stays here.
  const data = { requestId, verdict: verdictAnswer.parse(verdict) };
  return keepMessage(service, db, {
    ...{ about: requestId, url, secret, message: { type: 'verdict', data } },
  });
}

/** Something on its way to somebody's server. */
export interface MessageToDeliver {
  /** What it is about: a request's id, or a name. */
  readonly about: string;
  readonly url: string;
  /** The `whsec_…` text of `newWebhookSecret`, sealed. */
  readonly secret: Uint8Array;
  readonly message: { readonly type: string; readonly data: unknown };
}

/** Keeps a message in the transaction that keeps what it tells of. @returns as {@link keepDelivery} */
export async function keepMessage(
  { clock, random, production }: Service,
  db: ServiceDb,
  { about, url, secret, message: { type, data } }: MessageToDeliver,
): Promise<string> {
  const id = newId(random);
  const now = clock();
  await db
    .insertInto('webhook_delivery')
    .values({
      id,
      request_id: about,
      url: webhookUrl(url, { production }).href,
      secret,
      body: JSON.stringify({ type, timestamp: now, data }),
      state: 'queued',
      created_at: new Date(now * 1000),
    })
    .execute();
  return id;
}

/** Hands a kept delivery to a worker. */
export async function sendDelivery(service: Service, id: string): Promise<void> {
  await declareWebhooks(service);
  await service.queue.send(WEBHOOK_QUEUE, id);
}

const declared = new WeakMap<Service, Promise<void>>();

/** Makes the queue, once a process. @param retryDelay seconds before the second attempt */
export function declareWebhooks(service: Service, retryDelay = 5): Promise<void> {
  const known = declared.get(service);
  if (known) return known;
  // Whoever delivers counts the attempts; the queue only has to go on longer than that.
  const options = { retries: MOST_ATTEMPTS * 2, retryDelay, expireInSeconds: 60 };
  const made = service.queue.declare(WEBHOOK_QUEUE, options);
  declared.set(service, made);
  made.catch(() => declared.delete(service));
  return made;
}
