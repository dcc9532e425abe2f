import type { Readable } from 'node:stream';
import type { Mapping } from '../../ledger/import/mapping.ts';
import type { Service } from '../service.ts';
import { newId } from '../tokens.ts';
import { IMPORT_QUEUE } from './queues.ts';
import { dropUpload, keepUpload, safeFileName, uploadPath } from './upload-files.ts';

/** A file on its way to the ledger, on disk and not queued yet. */
export interface PendingUpload {
  readonly id: string;
  readonly fileName: string;
  /** Queues it. */
  begin(options: {
    readonly mapping: Mapping;
    readonly dryRun: boolean;
    readonly operator: string;
  }): Promise<void>;
  /** Takes the file back. */
  drop(): Promise<void>;
}

/** Streams a file to disk as it comes: none is ever whole in memory. */
export async function receiveUpload(
  service: Service,
  given: { readonly fileName: string; readonly content: Readable },
): Promise<PendingUpload> {
  const { home, db, queue, clock, random } = service;
  const id = newId(random);
  const fileName = safeFileName(given.fileName);
  const drop = () => dropUpload(home, id);
  try {
    await keepUpload(uploadPath(home, id, fileName), home.path('uploads', id), given.content);
  } catch (error) {
    await drop();
    throw error;
  }
  return {
    ...{ id, fileName, drop },
    async begin({ mapping, dryRun, operator }) {
      await db
        .insertInto('upload')
        .values({
          ...{ id, operator, state: 'queued', file_name: fileName, dry_run: dryRun },
          // A JSON string of JSON: jsonb orders keys anew, and the ledger knows a file that comes again
          // by its mapping's text.
          mapping: JSON.stringify(JSON.stringify(mapping)),
          created_at: new Date(clock() * 1000),
        })
        .execute();
      await queue.send(IMPORT_QUEUE, id);
    },
  };
}
