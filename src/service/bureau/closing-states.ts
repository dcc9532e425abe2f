import { sql } from 'kysely';
import type { Service } from '../service.ts';
import type { ClosingProgress, ClosingResult } from './closings.ts';
import type { KeptError } from './uploads.ts';

type States = Pick<Service, 'db' | 'clock'>;

/** @returns which attempt it is, from 1 */
export async function startClosing({ db }: States, id: string): Promise<number> {
  const { attempts } = await db
    .updateTable('closing')
    .set({ state: 'closing', attempts: sql<number>`attempts + 1` })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('attempts')
    .executeTakeFirstOrThrow();
  return attempts;
}

export async function noteClosing(
  { db }: States,
  id: string,
  progress: ClosingProgress,
): Promise<void> {
  await db
    .updateTable('closing')
    .set({ progress: JSON.stringify(progress) })
    .where('id', '=', id)
    .execute();
}

/** Writes down that a closing is at its end, unless it was already. */
export async function endClosing(
  { db, clock }: States,
  id: string,
  how: { readonly result: ClosingResult } | { readonly error: KeptError },
): Promise<void> {
  await db
    .updateTable('closing')
    .set({
      ended_at: new Date(clock() * 1000),
      ...('result' in how
        ? { state: 'done' as const, result: JSON.stringify(how.result) }
        : { state: 'failed' as const, error: JSON.stringify(how.error) }),
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}
