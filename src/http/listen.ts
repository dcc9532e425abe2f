import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { CanbaoError } from '../core/errors/canbao-error.ts';

export interface ListenAddress {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** `host:port`, `[v6]:port` or a port alone, on this machine. @throws cli.bad_option */
export function parseListen(text: string, option: string): ListenAddress {
  const match = /^(?:(\[[0-9a-fA-F:.]+\]|[^:[\]\s]+):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match || port > 65_535) {
    throw new CanbaoError('cli.bad_option', { option, reason: 'host:port' });
  }
  return { host: match[1]?.replace(/^\[|\]$/g, '') ?? '127.0.0.1', port };
}

/** @returns the address others reach it by @throws http.cannot_listen */
export async function listen(
  app: FastifyInstance,
  { host, port }: ListenAddress,
  scheme: 'http' | 'https' = 'http',
): Promise<string> {
  const shown = host.includes(':') ? `[${host}]` : host;
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new CanbaoError('http.cannot_listen', { address: `${shown}:${port}`, reason }, cause);
  }
  return `${scheme}://${shown}:${(app.server.address() as AddressInfo).port}`;
}
