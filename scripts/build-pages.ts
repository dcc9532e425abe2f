import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { pagesFolder } from '../src/api/routes/pages.ts';
import { packageRoot } from '../src/keys/paths.ts';
import { filesOfPage, pagesOf, type ViteManifest } from './pages/files-of-page.ts';
import { buildServiceWorker } from './pages/service-worker.ts';
import { areCurrent } from './pages/sources.ts';

/** Sizes in bytes. */
export interface Size {
  readonly bytes: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** `build/web/sizes.json`: what a page loads before anything is pressed, and every file. */
export interface PageSizes {
  readonly firstLoad: Readonly<Record<string, Size>>;
  readonly files: Readonly<Record<string, Size>>;
}

const config = join(packageRoot, 'web', 'vite.config.ts');
/** Not worth less than a packet. */
const LEAST_BYTES = 1024;

/**
 * `npm run pages`: builds the pages into `build/web`, each file with its compressed forms beside it,
 * and writes down how large they are. The same sources give the same files.
 */
export async function buildPages(): Promise<PageSizes> {
  await mkdir(dirname(pagesFolder), { recursive: true });
  const scratch = await mkdtemp(`${pagesFolder}-`);
  try {
    const sizes = await buildInto(scratch);
    await replaceFolder(pagesFolder, scratch);
    return sizes;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Whole or not at all: others may be building, or serving what is there. */
async function replaceFolder(target: string, by: string): Promise<void> {
  const old = `${by}-old`;
  await rename(target, old).catch(() => {});
  // Another build may have been as quick: one of the two is as good.
  await rename(by, target).catch(() => {});
  await rm(old, { recursive: true, force: true });
}

async function buildInto(folder: string): Promise<PageSizes> {
  const output = { outDir: folder, emptyOutDir: true };
  await build({ configFile: config, logLevel: 'warn', build: output });
  const manifest = JSON.parse(await readFile(join(folder, 'files.json'), 'utf8')) as ViteManifest;
  await buildServiceWorker(folder, manifest);
  const files: Record<string, Size> = {};
  for (const path of (await filesIn(folder)).sort()) {
    const content = await readFile(join(folder, path));
    files[path] = await compress(join(folder, path), content);
  }
  const firstLoad = Object.fromEntries(
    pagesOf(manifest).map((page) => [
      page,
      sum(filesOfPage(manifest, page).map((path) => files[path])),
    ]),
  );
  const sizes = { firstLoad, files };
  await writeFile(join(folder, 'sizes.json'), `${JSON.stringify(sizes, null, 2)}\n`);
  return sizes;
}

/** Builds them unless they are newer than everything they are made of. */
export async function buildPagesIfOlder(): Promise<PageSizes | undefined> {
  return (await areCurrent(join(pagesFolder, 'sizes.json'))) ? undefined : buildPages();
}

async function compress(path: string, content: Buffer): Promise<Size> {
  const isText = /\.(html|js|css|svg|json|webmanifest)$/.test(path);
  const bytes = content.length;
  if (!isText || bytes < LEAST_BYTES) return { bytes, gzip: bytes, brotli: bytes };
  const brotli = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
    },
  });
  const gzip = gzipSync(content, { level: 9 });
  await writeFile(`${path}.br`, brotli);
  await writeFile(`${path}.gz`, gzip);
  return { bytes, gzip: gzip.length, brotli: brotli.length };
}

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function sum(sizes: readonly (Size | undefined)[]): Size {
  const total = (name: keyof Size) => sizes.reduce((all, size) => all + (size?.[name] ?? 0), 0);
  return { bytes: total('bytes'), gzip: total('gzip'), brotli: total('brotli') };
}

if (
  process.argv[1] &&
  (await stat(process.argv[1])).ino === (await stat(import.meta.filename)).ino
) {
  const begin = performance.now();
  const ifOlder = process.argv.includes('--if-older');
  const built = await (ifOlder ? buildPagesIfOlder() : buildPages());
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  if (built) console.log(`pages built in ${seconds} s`);
  for (const [page, { brotli }] of Object.entries(built?.firstLoad ?? {})) {
    console.log(`  ${page}: first load ${(brotli / 1000).toFixed(1)} kB with brotli`);
  }
}
