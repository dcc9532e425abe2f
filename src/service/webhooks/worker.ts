import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Service } from '../service.ts';
import { postJson } from './post.ts';
import { declareWebhooks, MOST_ATTEMPTS, sendDelivery, WEBHOOK_QUEUE } from './queue-verdict.ts';
import { signWebhook } from './sign.ts';

export interface WebhookWorkerOptions {
  /** Deliveries at once. */
  readonly concurrency?: number;
  /** Seconds before the second attempt; doubled with each. */
  readonly retryDelay?: number;
  /** Of one attempt. */
  readonly timeoutMs?: number;
}

/** While one worker is at it no other is; longer than an attempt takes, shorter than the queue waits. */
const CLAIM_SECONDS = 30;
const SWEEP_SECONDS = 60;

/** Delivers what is kept to be delivered, until the queue closes. */
export async function startWebhookWorker(
  service: Service,
  { concurrency = 4, retryDelay, timeoutMs = 10_000 }: WebhookWorkerOptions = {},
): Promise<void> {
  await declareWebhooks(service, retryDelay);
  await service.queue.work(WEBHOOK_QUEUE, concurrency, ({ id }, signal) =>
    deliver(service, id, timeoutMs, signal),
  );
  service.queue.every(SWEEP_SECONDS, () => sendForgotten(service));
}

/** Hands on what was kept by a process that could not, or ended before it did. */
async function sendForgotten(service: Service): Promise<void> {
  const rows = await service.db
    .selectFrom('webhook_delivery')
    .select('id')
    .where('state', '=', 'queued')
    .where('attempts', '=', 0)
    .execute();
  for (const { id } of rows) await sendDelivery(service, id);
}

async function deliver(
  service: Service,
  id: string,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<void> {
  const claimed = await claim(service, id);
  if (!claimed) return assertOver(service, id);
  const timeout = AbortSignal.timeout(timeoutMs);
  const outcome = await attempt(service, claimed, AbortSignal.any([timeout, closing]));
  const isOver = outcome.end === 'never' || claimed.attempts >= MOST_ATTEMPTS;
  const state = outcome.end === 'taken' ? 'delivered' : isOver ? 'failed' : 'queued';
  const lastStatus = timeout.aborted ? 'timeout' : outcome.status;
  await service.db
    .updateTable('webhook_delivery')
    .set({
      state,
      last_status: lastStatus,
      claimed_until: null,
      ...(state !== 'queued' && { ended_at: new Date(service.clock() * 1000) }),
    })
    .where('id', '=', id)
    .execute();
  if (state === 'queued') throw new CanbaoError('webhook.not_taken', { status: lastStatus });
}

type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>;

/** Takes it, unless it is over or another has it. */
function claim({ db, clock }: Service, id: string) {
  const now = clock();
  return db
    .updateTable('webhook_delivery')
    .set((row) => ({
      attempts: row('attempts', '+', 1),
      claimed_until: new Date((now + CLAIM_SECONDS) * 1000),
    }))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .where((row) =>
      row.or([row('claimed_until', 'is', null), row('claimed_until', '<', new Date(now * 1000))]),
    )
    .returning(['id', 'url', 'secret', 'body', 'attempts'])
    .executeTakeFirst();
}

/** Another may have it and never come back: only what is over is done with. @throws webhook.not_taken */
async function assertOver({ db }: Service, id: string): Promise<void> {
  const row = await db
    .selectFrom('webhook_delivery')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row?.state === 'queued') throw new CanbaoError('webhook.not_taken', { status: 'claimed' });
}

interface Outcome {
  /** `never`: trying again changes nothing. */
  readonly end: 'taken' | 'later' | 'never';
  readonly status: string;
}

async function attempt(
  { clock, seal, production }: Service,
  { id, url, secret, body }: Claimed,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const headers = signWebhook({
      ...{ id, timestamp: clock(), body },
      secret: new TextDecoder().decode(seal.open(secret)),
    });
    const status = await postJson({ url, headers, body, production, signal });
    if (status >= 200 && status < 300) return { end: 'taken', status: `${status}` };
    // Gone: nobody wants it any more.
    return { end: status === 410 ? 'never' : 'later', status: `${status}` };
  } catch (error) {
    if (error instanceof CanbaoError) return { end: 'never', status: error.code };
    return { end: 'later', status: (error as NodeJS.ErrnoException).code ?? 'failed' };
  }
}
