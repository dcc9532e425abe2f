import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import type { SiteFile } from './static-site.ts';

/** The harness built as an application would be. */
export interface PageBuild {
  /** By path: `/index.html` and what it loads. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Bytes of all scripts, as they are and gzipped. */
  readonly scriptBytes: number;
  readonly scriptGzipBytes: number;
}

const ownFolder = fileURLToPath(new URL('.', import.meta.url));

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** Builds a folder's `index.html` (the harness's, where none is named) with its scripts, in memory; no polyfill, no inline script. */
export async function buildPage(root = ownFolder): Promise<PageBuild> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, target: 'es2022', modulePreload: { polyfill: false } },
  });
  const output = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const files = new Map<string, SiteFile>();
  let [scriptBytes, scriptGzipBytes] = [0, 0];
  for (const file of output) {
    const body = Buffer.from(file.type === 'chunk' ? file.code : file.source);
    const type = types[file.fileName.split('.').at(-1) ?? ''];
    if (!type) throw new Error(`no media type for ${file.fileName}`);
    files.set(`/${file.fileName}`, { type, body });
    if (file.type !== 'chunk') continue;
    scriptBytes += body.length;
    scriptGzipBytes += gzipSync(body).length;
  }
  return { files, scriptBytes, scriptGzipBytes };
}
