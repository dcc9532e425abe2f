import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedPost {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A verifier's server. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly received: readonly ReceivedPost[];
}

/** @param answer status of each answer, by how many there were before; 0: none is given */
export async function openReceiver(
  answer: (before: number) => number = () => 204,
  port = 0,
): Promise<Receiver> {
  const received: ReceivedPost[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const status = answer(received.length);
    received.push({ path: request.url ?? '', headers: request.headers, body });
    if (status === 0) return;
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  return {
    ...{ port: own, received, url: `http://localhost:${own}/verdicts` },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
