import { fastifySSE } from '@fastify/sse';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

export interface StreamedEvent {
  readonly event: string;
  readonly data: unknown;
}

/** Sends events until there are no more, nobody listens, or the server ends. @throws service.overloaded */
export type SendEvents = (
  reply: FastifyReply,
  events: (signal: AbortSignal) => AsyncIterable<StreamedEvent>,
) => Promise<void>;

const HEARTBEAT_MS = 15_000;

/**
 * Readies a scope of routes for server-sent events.
 * @param most streams of the scope at once: each looks into the database again and again
 */
export async function eventStreams(scope: FastifyInstance, most: number): Promise<SendEvents> {
  // Called, not registered: this export would keep to a context of its own.
  await fastifySSE(scope, { heartbeatInterval: HEARTBEAT_MS });
  const ending = new AbortController();
  scope.addHook('preClose', async () => ending.abort());
  let open = 0;
  return async (reply, events) => {
    if (open >= most) throw new CanbaoError('service.overloaded');
    const gone = new AbortController();
    reply.sse.onClose(() => gone.abort());
    open++;
    try {
      const signal = AbortSignal.any([gone.signal, ending.signal]);
      for await (const event of events(signal)) await reply.sse.send(event);
    } finally {
      open--;
    }
  };
}
