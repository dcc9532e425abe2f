import { setTimeout } from 'node:timers/promises';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { abandonImport, type UnfinishedImport } from '../../ledger/store/unfinished-import.ts';
import { tryAlone } from '../alone.ts';
import type { Service } from '../service.ts';
import { dropUpload } from './upload-files.ts';
import { endUpload, openUploads } from './uploads.ts';

const BETWEEN_FILES_MS = 50;

/**
 * Undoes the import that was cut short, and its upload with it.
 * @throws upload.importing where one is being imported, ledger.no_unfinished_import
 */
export async function abandonUpload(service: Service): Promise<UnfinishedImport> {
  for (;;) {
    const done = await tryAlone(service.bureau.store, 'uploads', () => abandonAlone(service));
    if (done) return done.value;
    if ((await importing(service)).length > 0) throw new CanbaoError('upload.importing');
    // A worker between two files lets go in a moment.
    await setTimeout(BETWEEN_FILES_MS);
  }
}

async function abandonAlone(service: Service): Promise<UnfinishedImport> {
  // First the uploads: a worker must not go on with what is undone.
  for (const { id } of await importing(service)) {
    await endUpload(service, id, { error: { code: 'upload.abandoned', facts: {} } });
    await dropUpload(service.home, id);
  }
  return abandonImport(service.bureau.store);
}

async function importing(service: Service) {
  return (await openUploads(service)).filter(({ state }) => state === 'importing');
}
