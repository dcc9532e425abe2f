import type { BrowserContext } from 'playwright-core';

/** Everything pages sent and said. */
export interface Watch {
  /** Method, address and body of every request of a page or its workers, as the browser tells. */
  readonly requests: readonly { method: string; url: string; body: string | null }[];
  /** Addresses of web sockets. */
  readonly sockets: readonly string[];
  /** Console lines (where policy violations show, too) and uncaught errors. */
  readonly said: readonly string[];
  /** Addresses of workers started. */
  readonly workers: readonly string[];
}

/** Watches every page a context opens from now on. */
export function watchPages(context: BrowserContext): Watch {
  const watch = {
    requests: [] as { method: string; url: string; body: string | null }[],
    sockets: [] as string[],
    said: [] as string[],
    workers: [] as string[],
  };
  context.on('request', (request) =>
    watch.requests.push({
      method: request.method(),
      url: request.url(),
      body: request.postData(),
    }),
  );
  context.on('console', (message) => watch.said.push(message.text()));
  context.on('page', (page) => {
    page.on('pageerror', (error) => watch.said.push(String(error)));
    page.on('websocket', (socket) => watch.sockets.push(socket.url()));
    page.on('worker', (worker) => watch.workers.push(worker.url()));
  });
  return watch;
}
