import { readEvents } from '../../../../src/sdk/event-stream.ts';
import { parseAnswer } from '../../shared/kept-answers.ts';
import { type UploadAnswer, uploadAnswer } from '../answers.ts';
import { streamBureau } from '../api.ts';
import { type Followed, useFollowed } from '../use-followed.ts';

const AGAIN_MS = 2000;

/** An upload, followed until its end; a connection that breaks is made again. */
export function useUpload(id: string): Followed<UploadAnswer> {
  return useFollowed<UploadAnswer>(
    async (tell, signal) => {
      const path = `/v1/bureau/imports/${encodeURIComponent(id)}/events`;
      const body = await streamBureau(path, signal);
      try {
        for await (const { event, data } of readEvents(body)) {
          tell(parseAnswer(uploadAnswer, JSON.parse(data)));
          if (event === 'end') return true;
        }
      } catch (error) {
        // So browsers say that a stream broke off.
        if (!(error instanceof TypeError)) throw error;
      }
      return false;
    },
    AGAIN_MS,
    [id],
  );
}
