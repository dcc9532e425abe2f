import { sql } from 'kysely';
import { frToBytes } from '../../core/field.ts';
import type { NullifiersPort } from '../../verify/ports.ts';
import type { ServiceDb } from '../store/tables.ts';

/**
 * Nullifiers in the database: of any number of spenders one succeeds. A request that spent one may
 * do so again: an answer that was cut off before it was kept can be given anew.
 */
export function spentNullifiers(db: ServiceDb, requestId?: string): NullifiersPort {
  return {
    async spend(nullifier, scope) {
      const row = await db
        .insertInto('spent_nullifier')
        .values({
          scope: frToBytes(scope),
          nullifier: frToBytes(nullifier),
          request_id: requestId ?? null,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['scope', 'nullifier'])
            .doUpdateSet({ request_id: sql`excluded.request_id` })
            // Never true without a request: null equals nothing.
            .whereRef('spent_nullifier.request_id', '=', 'excluded.request_id'),
        )
        .returning('nullifier')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
