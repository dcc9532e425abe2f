import type { Service } from '../service.ts';
import { watch } from '../watch.ts';
import { getUpload, type Upload } from './uploads.ts';

const LOOK_MS = 500;

/** An upload, at once and as it goes on, until it has ended or nobody watches. @throws upload.not_found */
export function watchUpload(
  service: Pick<Service, 'db'>,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Upload> {
  return watch(() => getUpload(service, id), {
    ...{ everyMs: LOOK_MS, signal },
    isOver: ({ endedAt }) => endedAt !== null,
  });
}
