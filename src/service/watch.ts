import { setTimeout as pause } from 'node:timers/promises';

export interface WatchOptions<T> {
  /** Between two looks: another process may be at work, and only the database knows. */
  readonly everyMs: number;
  /** Whether nothing more will come. */
  readonly isOver: (seen: T) => boolean;
  readonly signal: AbortSignal;
}

/** What a look shows, at once and on each change, until it is over or nobody watches. @throws as `look` */
export async function* watch<T>(
  look: () => Promise<T>,
  { everyMs, isOver, signal }: WatchOptions<T>,
): AsyncGenerator<T> {
  let told: string | undefined;
  while (!signal.aborted) {
    const seen = await look();
    const text = JSON.stringify(seen);
    if (text !== told) yield seen;
    if (isOver(seen)) return;
    told = text;
    await pause(everyMs, undefined, { signal }).catch(() => {});
  }
}
