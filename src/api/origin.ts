import type { ListenAddress } from '../http/listen.ts';

/** Where it listens, as a page of the same machine names it. */
export function originOf({ host, port }: ListenAddress): string {
  const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
