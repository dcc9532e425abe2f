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

/** Bundles a file for browsers into one script, tree-shaken and minified, as an application would. */
export async function bundleForBrowser(entry: string): Promise<BrowserBundle> {
  const [chunk] = await chunksOf(entry, 'iife');
  if (!chunk) throw new Error('vite made no chunk');
  const packageOf = (id: string) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? 'src';
  return {
    code: chunk.code,
    packages: new Set(chunk.moduleIds.map(packageOf)),
    nodeModules: chunk.moduleIds.filter((id) => /^node:|browser-external/.test(id)),
  };
}

/** What a page with modules loads at once, and what it loads when it is needed. */
export interface SplitBundle {
  readonly first: readonly string[];
  readonly later: readonly string[];
}

/** Bundles a file for browsers into modules. */
export async function splitForBrowser(entry: string): Promise<SplitBundle> {
  const chunks = await chunksOf(entry, 'es');
  const first = new Set<string>();
  const add = (name: string) => {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (!chunk || first.has(name)) return;
    first.add(name);
    chunk.imports.forEach(add);
  };
  for (const { fileName, isEntry } of chunks) if (isEntry) add(fileName);
  const codes = (isFirst: boolean) =>
    chunks.filter(({ fileName }) => first.has(fileName) === isFirst).map(({ code }) => code);
  return { first: codes(true), later: codes(false) };
}

async function chunksOf(entry: string, format: 'iife' | 'es') {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry, formats: [format], name: 'canbao', fileName: 'canbao' },
    },
  });
  const output = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  return output.filter((one) => one.type === 'chunk');
}
