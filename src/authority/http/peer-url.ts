import { CanbaoError } from '../../core/errors/canbao-error.ts';

/**
 * Reads the address of another authority's server: `https://…`, and plain `http://` on this machine
 * only, for records travel over it.
 * @param allowHttp where the network itself is closed and encrypted
 * @throws peer.bad_url
 */
export function parsePeerUrl(text: string, allowHttp = false): URL {
  const refuse = (reason: string) => new CanbaoError('peer.bad_url', { peer: text, reason });
  if (!URL.canParse(text)) throw refuse('not a URL');
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash || url.pathname !== '/') {
    throw refuse('only scheme, host and port');
  }
  if (url.protocol === 'https:') return url;
  if (url.protocol !== 'http:') throw refuse('https expected');
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (isHere || allowHttp) return url;
  throw refuse('https expected; CANBAO_ALLOW_HTTP=1 trusts the network');
}
