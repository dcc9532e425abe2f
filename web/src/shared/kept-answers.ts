import type { z } from 'zod';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import { firstIssue } from '../../../src/core/json.ts';
import { connect, isUnreachable } from '../../../src/sdk/connection.ts';

const CACHE = 'canbao-answers';

/**
 * What this site says that is the same for everybody, such as its manifest of keys: fresh where there
 * is a network, else as it was last heard.
 * @throws sdk.unreachable where it was never heard, and what the service answers
 */
export async function keptAnswer(path: string): Promise<unknown> {
  try {
    const answer = await connect({ url: location.origin, timeoutMs: 10_000 }).call({
      method: 'GET',
      path,
    });
    await keep(path, answer);
    return answer;
  } catch (error) {
    const kept = isUnreachable(error) ? await lastHeard(path) : undefined;
    if (kept === undefined) throw error;
    return kept;
  }
}

async function keep(path: string, answer: unknown): Promise<void> {
  const cache = await openCache(CACHE);
  await cache?.put(path, new Response(JSON.stringify(answer))).catch(() => {});
}

async function lastHeard(path: string): Promise<unknown> {
  const cache = await openCache(CACHE);
  return (await cache?.match(path))?.json();
}

/** Undefined where the browser keeps nothing. */
export async function openCache(name: string): Promise<Cache | undefined> {
  try {
    return await globalThis.caches?.open(name);
  } catch {
    return undefined;
  }
}

/** @throws sdk.bad_answer */
export function parseAnswer<T extends z.ZodType>(answer: T, json: unknown): z.output<T> {
  const parsed = answer.safeParse(json);
  if (!parsed.success) throw badAnswer(firstIssue(parsed.error));
  return parsed.data;
}

/** An answer that has another form than was agreed. */
export function badAnswer(reason: string): CanbaoError {
  return new CanbaoError('sdk.bad_answer', { origin: location.origin, reason });
}
