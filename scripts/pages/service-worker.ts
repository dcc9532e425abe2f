import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { packageRoot } from '../../src/keys/paths.ts';
import { filesOfPage, pagesOf, type ViteManifest } from './files-of-page.ts';

const source = join(packageRoot, 'web', 'src', 'offline', 'service-worker.ts');

/** Builds the wallet's service worker with the list of the files that it keeps for use off line. */
export async function buildServiceWorker(folder: string, manifest: ViteManifest): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: {
      __KEPT_FILES__: JSON.stringify(await keptFiles(folder, manifest)),
      'process.env.NODE_ENV': '"production"',
    },
    build: {
      outDir: join(folder, 'wallet'),
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: source,
        formats: ['iife'],
        name: 'worker',
        fileName: () => 'service-worker.js',
      },
    },
  });
}

/** Everything the wallet may ever load from here; a revision where the name holds no hash. */
async function keptFiles(folder: string, manifest: ViteManifest) {
  const own = new Set(filesOfPage(manifest, 'wallet', true));
  const others = pagesOf(manifest).filter((page) => page !== 'wallet');
  const foreign = new Set(others.flatMap((page) => filesOfPage(manifest, page, true)));
  const assets = (await readdir(join(folder, 'assets'))).map((name) => `assets/${name}`);
  // Workers are named in no manifest: what is nobody's is everybody's.
  const kept = assets.filter((file) => own.has(file) || !foreign.has(file)).sort();
  const named = ['wallet/index.html', 'wallet/app.webmanifest', 'icon.svg'];
  return [
    ...kept.map((file) => ({ url: `/${file}`, revision: null })),
    ...(await Promise.all(
      named.map(async (file) => ({ url: `/${file}`, revision: await hashOf(join(folder, file)) })),
    )),
  ];
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
    .slice(0, 16);
}
