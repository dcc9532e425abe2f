import { frToBytes } from '../../core/field.ts';
import type { AnyVerdict } from '../../verify/verify-any.ts';
import type { Service } from '../service.ts';
import { requestRow } from './stored-request.ts';

/**
 * Gives back the nullifier of a valid answer that came too late: it was spent for a request that was
 * closed meanwhile, by another holder's answer or without any. Its holder may still answer elsewhere.
 */
export async function releaseNullifier(
  service: Service,
  id: string,
  { nullifier, scope }: AnyVerdict,
): Promise<void> {
  if (nullifier === undefined || scope === undefined) return;
  const { verdict } = await requestRow(service, id);
  const winner = (verdict as { en: { nullifier?: string } } | null)?.en.nullifier;
  if (winner === `${nullifier}`) return; // the same holder's, and rightly spent
  await service.db
    .deleteFrom('spent_nullifier')
    .where('scope', '=', frToBytes(scope))
    .where('nullifier', '=', frToBytes(nullifier))
    .where('request_id', '=', id)
    .execute();
}
