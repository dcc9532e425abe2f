import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { maskFacts } from '../../ledger/import/redact.ts';
import { tryAlone } from '../alone.ts';
import { logAction } from '../operator-log/operator-log.ts';
import type { Service } from '../service.ts';
import { importUpload } from './import-upload.ts';
import { declareBureauQueues, IMPORT_QUEUE } from './queues.ts';
import { dropUpload, uploadPath } from './upload-files.ts';
import { endUpload, getUpload, openUploads, type Upload, type UploadEnd } from './uploads.ts';

const BUSY_MS = 1000;

/**
 * Imports what is uploaded, one file at a time over all processes, in order of arrival within one.
 * Needs the folder of uploads: another machine's worker must share it. A file whose import was cut
 * short goes on where it was.
 */
export async function startImportWorker(service: Service): Promise<void> {
  const { queue } = service;
  await declareBureauQueues(queue);
  await queue.work(IMPORT_QUEUE, 1, ({ id }, signal) => work(service, id, signal));
  // What a killed process had begun is not given out again until its time is over: ask for it now.
  for (const { id } of await openUploads(service)) await queue.send(IMPORT_QUEUE, id);
}

async function work(service: Service, id: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const done = await tryAlone(service.bureau.store, 'uploads', () => importAlone(service, id));
    if (done) return;
    await setTimeout(BUSY_MS, undefined, { signal }).catch(() => {});
  }
  throw new CanbaoError('upload.importing'); // the queue gives it out again
}

async function importAlone(service: Service, id: string): Promise<void> {
  const upload = await getUpload(service, id);
  if (upload.endedAt) return;
  const end = await outcome(service, upload);
  await endUpload(service, id, end);
  await dropUpload(service.home, id);
  await logAction(service, {
    ...{ operator: upload.operator, role: 'importer', action: 'import.end' },
    facts: { id, ...('report' in end && { rows: end.report.rows, refused: end.report.refused }) },
    outcome: 'report' in end ? 'ok' : end.error.code,
  });
}

/** A fault of the file is its end; one of the database is not: the queue gives it out again. */
async function outcome(service: Service, upload: Upload): Promise<UploadEnd> {
  const file = uploadPath(service.home, upload.id, upload.fileName);
  try {
    if (!existsSync(file)) throw new CanbaoError('upload.lost');
    await service.db
      .updateTable('upload')
      .set({ state: 'importing' })
      .where('id', '=', upload.id)
      .execute();
    return await importUpload(service, upload, file);
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    return { error: { code: error.code, facts: maskFacts(error.facts) } };
  }
}
