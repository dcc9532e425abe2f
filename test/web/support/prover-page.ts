import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';

const root = fileURLToPath(new URL('./prover-page/', import.meta.url));
const BASE = '/proving/';
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript' };

/** A page of the service's origin and policy that can prove and verify, and shows nothing. */
export async function proverPage(context: BrowserContext, url: string): Promise<Page> {
  const files = await built();
  const like = await fetch(`${url}/wallet/`);
  const names = [
    'content-security-policy',
    'cross-origin-opener-policy',
    'cross-origin-embedder-policy',
  ];
  const headers = Object.fromEntries(names.map((name) => [name, like.headers.get(name) ?? '']));
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

let building: Promise<ReadonlyMap<string, string>> | undefined;

function built(): Promise<ReadonlyMap<string, string>> {
  building ??= buildPage();
  return building;
}

async function buildPage(): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    ...{ root, base: BASE, configFile: false, logLevel: 'silent', worker: { format: 'es' } },
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
