import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type Fr, frFromBytes, frToBytes } from '../../core/field.ts';
import type { Db } from './tables.ts';

/** The public half of a holder key: a point of BabyJubjub. */
export interface HolderPublicKey {
  readonly x: Fr;
  readonly y: Fr;
}

/**
 * Remembers which public key stands behind a commitment: the commitment alone does not tell, for the
 * nullifier key in it is secret. The first binding stays, or whoever knows a commitment could enrol
 * it again with a key of their own and log in as its holder. Kept here only, never in the feed.
 * @throws holder.other_key
 */
export async function bindHolderKey(
  trx: Db,
  commitment: Fr,
  { x, y }: HolderPublicKey,
): Promise<void> {
  await trx
    .insertInto('holder_key')
    .values({ commitment: frToBytes(commitment), ax: frToBytes(x), ay: frToBytes(y) })
    .onConflict((conflict) => conflict.column('commitment').doNothing())
    .execute();
  const bound = await boundHolderKey(trx, commitment);
  if (bound?.x !== x || bound.y !== y) throw new CanbaoError('holder.other_key');
}

/** The key that was enrolled with a commitment; undefined where none was, or before keys were kept. */
export async function boundHolderKey(db: Db, commitment: Fr): Promise<HolderPublicKey | undefined> {
  const row = await db
    .selectFrom('holder_key')
    .select(['ax', 'ay'])
    .where('commitment', '=', frToBytes(commitment))
    .executeTakeFirst();
  return row && { x: frFromBytes(row.ax, 'ax'), y: frFromBytes(row.ay, 'ay') };
}
