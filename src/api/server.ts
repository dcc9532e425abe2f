import type { FastifyInstance } from 'fastify';
import { listen } from '../http/listen.ts';
import { publishedKeys } from '../keys/published-keys.ts';
import { fillWithSample } from '../service/sample-ledger.ts';
import { openService, type Service, type ServiceOptions } from '../service/service.ts';
import { startWorkers } from '../service/workers.ts';
import { serviceApp } from './app.ts';
import { closingPeers } from './closing-peers.ts';
import type { ServiceConfig } from './config.ts';
import { originOf } from './origin.ts';

/** What a process of the service does: answer, work through the queue, or both. */
export type ServerRole = 'all' | 'api' | 'workers';

export interface ServerOptions extends Omit<ServiceOptions, 'origin'> {
  readonly config: ServiceConfig;
  readonly role?: ServerRole;
  /** Other authorities, asked for signatures where a month is closed. */
  readonly peers?: readonly URL[];
  /** Fill an empty ledger with the sample of `demo/`. */
  readonly sample?: boolean;
  readonly log?: { write(line: string): void } | undefined;
}

/** A service at work. */
export interface RunningServer {
  /** None where it only works through the queue. */
  readonly url: string | undefined;
  readonly service: Service;
  /** Takes no more requests, answers those under way, and lets go of everything. */
  close(): Promise<void>;
}

/**
 * Opens the service, readies the keys of every statement, and serves.
 * @throws http.cannot_listen, key.development_refused, and what `openService` throws
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, log, statements, keys, role = 'all', sample = false, peers = [] } = options;
  const service = await openService({
    ...options,
    verifyThreads: role === 'workers' ? 0 : config.verifyThreads,
    origin: config.origin ?? originOf(config.listen),
    onQueueError: ({ name, message }) =>
      log?.write(`${JSON.stringify({ level: 50, msg: 'queue', name, message })}\n`),
  });
  let app: FastifyInstance | undefined;
  const close = async () => {
    await app?.close();
    await service.close();
  };
  try {
    // One after another: each takes all cores where it has to be made.
    for (const { name } of statements.all()) {
      await (role === 'workers' ? keys.get(name) : publishedKeys(keys, name));
    }
    if (sample) await fillWithSample(service.bureau);
    if (role !== 'api') {
      await startWorkers(service, { ...config, openPeers: closingPeers(peers) });
    }
    if (role === 'workers') return { url: undefined, service, close };
    app = await serviceApp({ service, config, log });
    return { url: await listen(app, config.listen), service, close };
  } catch (error) {
    await close();
    throw error;
  }
}
