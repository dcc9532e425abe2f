import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyRequest {
    /** Runs until the request is all there; whoever expects one that takes longer stops it. */
    bodyTimer: NodeJS.Timeout | undefined;
  }
}

const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n';

/**
 * Cuts off who does not send a request to its end in time. The server's own timeout is for all
 * routes alike, and a bureau's file takes longer than anybody else may.
 */
export const bodyTime = fp(async (app: FastifyInstance, { seconds }: { seconds: number }) => {
  app.decorateRequest('bodyTimer', undefined);
  app.addHook('onRequest', async (request) => {
    const { raw } = request;
    // Injected requests have no socket to cut.
    if (raw.complete || !raw.socket?.destroy) return;
    const timer = setTimeout(() => {
      if (!raw.complete) raw.socket.end(TIMED_OUT, () => raw.socket.destroy());
    }, seconds * 1000).unref();
    request.bodyTimer = timer;
    raw.once('close', () => clearTimeout(timer));
  });
});
