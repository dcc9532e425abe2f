import { eachRefusal, listRefusals, type RefusedRow } from '../../ledger/store/refusals.ts';
import type { Service } from '../service.ts';
import { dryRunRefusals, type Upload } from './uploads.ts';

type Refusing = Pick<Upload, 'id' | 'dryRun' | 'batchId'>;

/** Refused rows of an upload in file order, some at a time; none before it is done. */
export async function uploadRefusals(
  service: Service,
  { id, dryRun, batchId }: Refusing,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly RefusedRow[]> {
  if (dryRun) {
    const rows = await dryRunRefusals(service, id);
    return rows.filter((row) => row.id > after).slice(0, limit);
  }
  return batchId === null ? [] : listRefusals(service.bureau.store, { batchId, after, limit });
}

/** All of them. */
export async function* eachUploadRefusal(
  service: Service,
  { id, dryRun, batchId }: Refusing,
): AsyncGenerator<RefusedRow> {
  if (dryRun) yield* await dryRunRefusals(service, id);
  else if (batchId !== null) yield* eachRefusal(service.bureau.store, batchId);
}
