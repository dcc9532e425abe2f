import type { RequestOutcome } from './answers.ts';
import { isUnreachable, sleep } from './connection.ts';
import { readEvents } from './event-stream.ts';

export interface WaitOptions {
  readonly signal?: AbortSignal;
  /** Between two looks where events do not come through, ms; default 2000. */
  readonly pollMs?: number;
  /** Called once when somebody declines; the request may still be answered. */
  readonly onDeclined?: () => void;
}

/** Whoever has the link can decline: that ends nothing. */
const isOpen = ({ state }: RequestOutcome) => state === 'open' || state === 'declined';

const POLL_MS = 2000;
/** A stream may break without anybody noticing: so long one is listened to, ms. */
const LISTEN_MS = 60_000;

/**
 * Waits for events, and where they do not come, or break off, looks now and then.
 * @throws what `look` throws but for `sdk.unreachable`, and that too once the request has expired
 */
export async function waitForOutcome(
  look: (signal?: AbortSignal) => Promise<RequestOutcome>,
  open: (signal?: AbortSignal) => Promise<ReadableStream<Uint8Array>>,
  { signal, pollMs = POLL_MS, onDeclined = () => {} }: WaitOptions = {},
): Promise<RequestOutcome> {
  // Undefined until somebody answered.
  let expiresAt: number | undefined;
  let listening = true;
  let wasDeclined = false;
  const isOver = (outcome: RequestOutcome) => {
    if (outcome.state === 'declined' && !wasDeclined) {
      wasDeclined = true;
      onDeclined();
    }
    return !isOpen(outcome);
  };
  for (;;) {
    try {
      const outcome = await look(signal);
      if (isOver(outcome)) return outcome;
      ({ expiresAt } = outcome);
      listening &&= await ended(open, isOver, signal);
      if (listening) continue;
    } catch (error) {
      signal?.throwIfAborted();
      const hasExpired = expiresAt === undefined || Date.now() >= expiresAt * 1000;
      if (!isUnreachable(error) || hasExpired) throw error;
    }
    await sleep(pollMs, signal);
  }
}

/**
 * Listens until the request is open no more, or for a while.
 * @returns false where events do not come through
 */
async function ended(
  open: (signal?: AbortSignal) => Promise<ReadableStream<Uint8Array>>,
  isOver: (outcome: RequestOutcome) => boolean,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const limit = AbortSignal.timeout(LISTEN_MS);
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    for await (const { event, data } of readEvents(await open(either))) {
      if (event === 'state' && isOver(JSON.parse(data) as RequestOutcome)) return true;
    }
  } catch {
    signal?.throwIfAborted();
  }
  return limit.aborted;
}
