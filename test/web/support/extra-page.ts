import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';

/** `prover-page` can prove and verify, and shows nothing; `kit-page` shows every component. */
export type ExtraPage = 'prover-page' | 'kit-page';

const BASE = '/extra/';
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
};
const POLICY = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-embedder-policy',
];

/** A page for tests alone, of the service's origin and with the policy of its pages. */
export async function openExtraPage(
  context: BrowserContext,
  url: string,
  name: ExtraPage,
): Promise<Page> {
  const files = await built(name);
  const like = await fetch(`${url}/wallet/`);
  const headers = Object.fromEntries(POLICY.map((one) => [one, like.headers.get(one) ?? '']));
  await context.route(`${url}${BASE}**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(BASE.length) || 'index.html';
    const body = files.get(path);
    const contentType = TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain';
    return route.fulfill(body === undefined ? { status: 404 } : { headers, contentType, body });
  });
  const page = await context.newPage();
  await page.goto(`${url}${BASE}`, { waitUntil: 'load' });
  return page;
}

const builds = new Map<ExtraPage, Promise<ReadonlyMap<string, string>>>();

function built(name: ExtraPage): Promise<ReadonlyMap<string, string>> {
  const building = builds.get(name) ?? buildPage(name);
  builds.set(name, building);
  return building;
}

async function buildPage(name: ExtraPage): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    ...{ root: fileURLToPath(new URL(`./${name}/`, import.meta.url)), base: BASE },
    ...{ configFile: false, logLevel: 'silent', worker: { format: 'es' } },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { write: false, target: 'es2022', modulePreload: { polyfill: false } },
  });
  const output = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  return new Map(
    output.map((file) => [
      file.fileName,
      file.type === 'chunk' ? file.code : Buffer.from(file.source).toString(),
    ]),
  );
}
