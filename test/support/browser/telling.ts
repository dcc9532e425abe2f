import type { SiteFile, StaticSite } from './static-site.ts';
import type { Watch } from './watch.ts';

/**
 * Requests, as the browser and as the server saw them, that say more than which of the site's files
 * is wanted. Where there are none, nothing left the page but the order and time of its fetches.
 */
export function tellingRequests(
  watch: Watch,
  site: StaticSite,
  files: ReadonlyMap<string, SiteFile>,
  secrets: readonly string[],
): string[] {
  const isFetch = (method: string, path: string) =>
    method === 'GET' && (path === '/' || files.has(path));
  const isSecret = (text: string) => secrets.some((secret) => text.includes(secret));
  const pathOf = (url: string) =>
    url.startsWith(`${site.origin}/`) ? url.slice(site.origin.length) : url;

  const sent = watch.requests
    // Workers made of a text of the page: no request goes out.
    .filter(({ url }) => !url.startsWith(`blob:${site.origin}/`))
    .map((request) => ({ ...request, path: pathOf(request.url) }))
    .filter(({ method, path, body }) => !isFetch(method, path) || body !== null || isSecret(path))
    .map(({ method, path }) => `browser: ${method} ${path}`);
  const arrived = site.received
    .filter(
      ({ method, path, headers, body }) =>
        !isFetch(method, path) || body !== '' || isSecret(`${path}\n${headers}`),
    )
    .map(({ method, path }) => `server: ${method} ${path}`);
  return [...sent, ...arrived, ...watch.sockets.map((url) => `socket: ${url}`)];
}
