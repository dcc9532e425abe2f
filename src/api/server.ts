import type { FastifyInstance } from 'fastify';
import { listen } from '../http/listen.ts';
import { openService, type Service, type ServiceOptions } from '../service/service.ts';
import { serviceApp } from './app.ts';
import type { ServiceConfig } from './config.ts';

export interface ServerOptions extends Omit<ServiceOptions, 'origin'> {
  readonly config: ServiceConfig;
  readonly log?: { write(line: string): void } | undefined;
}

/** A service at work. */
export interface RunningServer {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly service: Service;
  /** Takes no more requests, answers those under way, and lets go of everything. */
  close(): Promise<void>;
}

/** Opens the service and serves it. @throws http.cannot_listen, and what `openService` throws */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, log } = options;
  const { host, port } = config.listen;
  const origin = config.origin ?? `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`;
  const service = await openService({ ...options, origin });
  try {
    const app = await serviceApp({ service, config, log });
    const url = await listen(app, config.listen);
    return {
      ...{ url, app, service },
      async close() {
        await app.close();
        await service.close();
      },
    };
  } catch (error) {
    await service.close();
    throw error;
  }
}
