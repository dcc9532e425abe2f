import { build } from 'vite';

/** A bundle for browsers. */
export interface BrowserBundle {
  /** A script that assigns the entry's exports to the global `canbao`. */
  readonly code: string;
  /** Packages in it (`@noble/curves`), and `src` for our own. */
  readonly packages: ReadonlySet<string>;
  /** Modules of Node it would need: must be empty. */
  readonly nodeModules: readonly string[];
}

/** Bundles a file for browsers, tree-shaken and minified, as an application would. */
export async function bundleForBrowser(entry: string): Promise<BrowserBundle> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'canbao', fileName: 'canbao' },
    },
  });
  const output = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunk = output.find((one) => one.type === 'chunk');
  if (!chunk) throw new Error('vite made no chunk');
  const packageOf = (id: string) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? 'src';
  return {
    code: chunk.code,
    packages: new Set(chunk.moduleIds.map(packageOf)),
    nodeModules: chunk.moduleIds.filter((id) => /^node:|browser-external/.test(id)),
  };
}
