import {
  type ImportOptions,
  type ImportReport,
  importFile,
  rehearseImports,
} from '../../ledger/import/import-file.ts';
import type { ImportProgress } from '../../ledger/import/pace.ts';
import { listRefusals } from '../../ledger/store/refusals.ts';
import type { Service } from '../service.ts';
import type { Upload, UploadEnd, UploadProgress, UploadReport } from './uploads.ts';

/** Refused rows a dry run keeps for its report: the ledger takes them back with the rest. */
const MOST_DRY_REFUSALS = 1000;
/** Between two notes of how far it is, ms. */
const NOTE_MS = 500;

/** Imports an uploaded file, or goes on with it. @throws as `importFile` does */
export async function importUpload(
  service: Service,
  { id, mapping, dryRun }: Upload,
  file: string,
): Promise<UploadEnd> {
  const { store, pepper } = service.bureau;
  const options: ImportOptions = { file, mapping, pepper, present: service.bureau.present };
  if (dryRun) {
    return rehearseImports(store, async (importOne, ledger) => {
      const done = await importOne(options);
      const batchId = done.batch.id;
      const refusals = await listRefusals(ledger, { batchId, limit: MOST_DRY_REFUSALS });
      return { report: toReport(done), refusals };
    });
  }
  const notes = progressNotes((progress) => noteProgress(service, id, progress));
  try {
    const done = await importFile(store, { ...options, onProgress: notes.add });
    return { report: toReport(done), batchId: done.batch.id };
  } finally {
    await notes.end();
  }
}

function toReport({ batch, alreadyImported, resumedRows }: ImportReport): UploadReport {
  const { rows, added, corrected, unchanged, duplicates, refused, newPersons } = batch;
  const counts = { rows, added, corrected, unchanged, duplicates, refused, newPersons };
  return { ...counts, alreadyImported, resumedRows };
}

async function noteProgress({ db }: Service, id: string, progress: UploadProgress): Promise<void> {
  await db
    .updateTable('upload')
    .set({ progress: JSON.stringify(progress) })
    .where('id', '=', id)
    .execute();
}

/** Writes the latest progress now and then. A note that cannot be written is no fault of the import. */
function progressNotes(write: (progress: UploadProgress) => Promise<void>) {
  let last = 0;
  let writing: Promise<void> = Promise.resolve();
  return {
    add({ rows, bytes, totalBytes, rowsPerSecond, secondsLeft }: ImportProgress): void {
      if (performance.now() - last < NOTE_MS) return;
      last = performance.now();
      const share = bytes / Math.max(totalBytes, 1);
      writing = write({ rows, share, rowsPerSecond, secondsLeft }).catch(() => {});
    },
    end: () => writing,
  };
}
