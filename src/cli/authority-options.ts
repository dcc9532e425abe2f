import { readFile } from 'node:fs/promises';
import type { Tls } from '../authority/http/app.ts';
import { parsePeerUrl } from '../authority/http/peer-url.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';

/** `--peer` as given, otherwise `CANBAO_PEERS`: several with commas or spaces between. @throws peer.bad_url */
export function peerUrls(given: readonly string[] | undefined): URL[] {
  const texts = given ?? (process.env.CANBAO_PEERS ?? '').split(/[\s,]+/).filter(Boolean);
  const allowHttp = process.env.CANBAO_ALLOW_HTTP === '1';
  return [...new Set(texts)].map((text) => parsePeerUrl(text, allowHttp));
}

export interface TlsOptions {
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** Certificate and key to serve with, if they are named. @throws cli.bad_option, cli.no_file */
export async function readTls({ tlsCert, tlsKey }: TlsOptions): Promise<Tls | undefined> {
  const cert = tlsCert ?? process.env.CANBAO_TLS_CERT;
  const key = tlsKey ?? process.env.CANBAO_TLS_KEY;
  if (!cert && !key) return undefined;
  if (!cert || !key) {
    const reason = 'given with --tls-key';
    throw new CanbaoError('cli.bad_option', { option: '--tls-cert', reason });
  }
  return { cert: await readPem(cert), key: await readPem(key) };
}

async function readPem(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CanbaoError('cli.no_file', { path });
    throw new CanbaoError('cli.bad_file', { path, reason: cause.code ?? 'unreadable' }, cause);
  });
}
