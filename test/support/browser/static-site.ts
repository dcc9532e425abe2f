import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SiteFile {
  /** Media type. */
  readonly type: string;
  readonly body: Uint8Array;
}

export interface ReceivedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names and values as they came, one a line. */
  readonly headers: string;
  readonly body: string;
}

/** A running site that remembers what it was asked. */
export interface StaticSite extends AsyncDisposable {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  readonly received: readonly ReceivedRequest[];
  /** Empties `received`. */
  forget(): void;
}

/**
 * Only scripts of this origin, no `eval`. WebAssembly and blob workers are what snarkjs needs;
 * `connect-src` is what keeps a wallet's page from talking to anybody else.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Serves files by path, `/` for `/index.html`; anything else is 404. */
export async function serveSite(files: ReadonlyMap<string, SiteFile>): Promise<StaticSite> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '/', rawHeaders } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    received.push({ method, path, headers: rawHeaders.join('\n'), body });
    const file = method === 'GET' ? files.get(path === '/' ? '/index.html' : path) : undefined;
    response.writeHead(
      file ? 200 : 404,
      file ? { ...headers, 'content-type': file.type } : headers,
    );
    response.end(file?.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    forget() {
      received.length = 0;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
