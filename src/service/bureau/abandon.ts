import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { abandonImport, type UnfinishedImport } from '../../ledger/store/unfinished-import.ts';
import { tryAlone } from '../alone.ts';
import type { Service } from '../service.ts';
import { dropUpload } from './upload-files.ts';
import { endUpload, openUploads } from './uploads.ts';

/**
 * Undoes the import that was cut short, and its upload with it.
 * @throws upload.importing where one is being imported, ledger.no_unfinished_import
 */
export async function abandonUpload(service: Service): Promise<UnfinishedImport> {
  const { store } = service.bureau;
  const done = await tryAlone(store, 'uploads', async () => {
    // First the uploads: a worker must not go on with what is undone.
    for (const { id, state } of await openUploads(service)) {
      if (state !== 'importing') continue;
      await endUpload(service, id, { error: { code: 'upload.abandoned', facts: {} } });
      await dropUpload(service.home, id);
    }
    return abandonImport(store);
  });
  if (!done) throw new CanbaoError('upload.importing');
  return done.value;
}
