import { useEffect, useState } from 'preact/hooks';
import { isUnreachable, sleep } from '../../../../src/sdk/connection.ts';
import { readEvents } from '../../../../src/sdk/event-stream.ts';
import { parseAnswer } from '../../shared/kept-answers.ts';
import { type UploadAnswer, uploadAnswer } from '../answers.ts';
import { streamBureau } from '../api.ts';

const AGAIN_MS = 2000;

/** An upload, followed until its end; a connection that breaks is made again. */
export function useUpload(id: string): { upload?: UploadAnswer; error?: unknown } {
  const [seen, setSeen] = useState<{ upload?: UploadAnswer; error?: unknown }>({});
  useEffect(() => {
    const leaving = new AbortController();
    follow(id, leaving.signal, (upload) => setSeen({ upload })).catch((error: unknown) => {
      if (!leaving.signal.aborted) setSeen((before) => ({ ...before, error }));
    });
    return () => leaving.abort();
  }, [id]);
  return seen;
}

async function follow(
  id: string,
  signal: AbortSignal,
  tell: (upload: UploadAnswer) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const body = await streamBureau(
        `/v1/bureau/imports/${encodeURIComponent(id)}/events`,
        signal,
      );
      for await (const { event, data } of readEvents(body)) {
        tell(parseAnswer(uploadAnswer, JSON.parse(data)));
        if (event === 'end') return;
      }
    } catch (error) {
      if (!isUnreachable(error) && !(error instanceof TypeError)) throw error;
    }
    await sleep(AGAIN_MS, signal);
  }
}
