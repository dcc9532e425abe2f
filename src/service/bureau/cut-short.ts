import { type UnfinishedImport, unfinishedImport } from '../../ledger/store/unfinished-import.ts';
import type { Service } from '../service.ts';
import { openUploads } from './uploads.ts';

/** The import that was cut short and that no worker is at; until it is dealt with, no other begins. */
export async function cutShortImport(service: Service): Promise<UnfinishedImport | undefined> {
  const found = await unfinishedImport(service.bureau.store.db);
  const isAtWork = (await openUploads(service)).some(({ state }) => state === 'importing');
  return isAtWork ? undefined : found;
}
