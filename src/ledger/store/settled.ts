import { type RawBuilder, sql } from 'kysely';

/** Whether an account or an employer stays whatever becomes of an unfinished import. */
export function isSettled(what: 'account' | 'employer'): RawBuilder<boolean> {
  const index = sql.ref(`${what}_index`);
  const count = sql.ref(`${what}_count`);
  return sql<boolean>`not exists (
    select from import_batch where state = 'importing' and ${count} <= ${index})`;
}
