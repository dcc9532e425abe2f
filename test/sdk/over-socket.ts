import type { AddressInfo } from 'node:net';
import {
  ORIGIN,
  openTestService,
  type TestService,
  type TestServiceOptions,
} from '../service/service.ts';

/** A service on a real socket, reached by the origin it has. */
export interface SocketService extends TestService {
  /** As the platform's, but what is for the service's origin goes to the socket. */
  readonly fetch: typeof globalThis.fetch;
  /** `http://127.0.0.1:…` */
  readonly url: string;
}

export async function openSocketService(options?: TestServiceOptions): Promise<SocketService> {
  const opened = await openTestService(options);
  await opened.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(opened.app.server.address() as AddressInfo).port}`;
  return {
    ...opened,
    url,
    fetch: (input, init) => {
      const asked = new URL(input instanceof Request ? input.url : input);
      return fetch(
        asked.origin === ORIGIN ? new URL(`${asked.pathname}${asked.search}`, url) : asked,
        init,
      );
    },
  };
}
