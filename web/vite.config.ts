import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Pages by the folder they are served from; the start page is served from `/`. */
const pages = {
  start: here('index.html'),
  wallet: here('wallet/index.html'),
  verifier: here('verifier/index.html'),
  bureau: here('bureau/index.html'),
  ledger: here('ledger/index.html'),
};

export default defineConfig({
  root: here('.'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { alias: { 'canbao/sdk': here('../src/sdk/index.ts') } },
  worker: { format: 'es' },
  build: {
    outDir: here('../build/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Which chunks a page loads: sizes and the files kept for use off line are read from it.
    manifest: 'files.json',
    // Every file by its hash and none inside another: the pages' policy allows no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // mcl, loaded where a proof is checked, is one piece of 600 kB; budgets are held by a test.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: pages,
      onLog(level, log, handle) {
        // A part of Node in a page is a mistake, not a warning.
        if (log.message.includes('externalized for browser')) throw new Error(log.message);
        handle(level, log);
      },
    },
  },
});
