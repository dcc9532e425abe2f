import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { asUnreachable, malformed } from './peer-connection.ts';

/** No row comes near it, characters. */
const MAX_LINE = 4096;

/**
 * Values of newline-delimited JSON as they arrive.
 * @param idleMs longest silence between two pieces
 * @throws peer.unreachable where it breaks off, peer.malformed
 */
export async function* readLines(
  peer: string,
  response: Response,
  idleMs: number,
  signal?: AbortSignal,
): AsyncIterable<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of pieces(peer, response, idleMs, signal)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) throw malformed(peer, 'a line too long');
    for (const line of lines) yield parseLine(peer, line);
  }
  if (rest !== '') throw malformed(peer, 'half a line');
}

function parseLine(peer: string, line: string): unknown {
  if (line.length > MAX_LINE) throw malformed(peer, 'a line too long');
  try {
    return JSON.parse(line);
  } catch {
    throw malformed(peer, 'a line that is not JSON');
  }
}

async function* pieces(
  peer: string,
  response: Response,
  idleMs: number,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<never>((_, reject) => {
        const reason = `silent for ${idleMs / 1000} s`;
        timer = setTimeout(
          () => reject(new CanbaoError('peer.unreachable', { peer, reason })),
          idleMs,
        );
      });
      const { done, value } = await Promise.race([reader.read(), silence]).finally(() =>
        clearTimeout(timer),
      );
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw asUnreachable(peer, error, signal);
  } finally {
    // Also where the reader had enough: the rest is not waited for.
    await reader.cancel().catch(() => {});
  }
}
