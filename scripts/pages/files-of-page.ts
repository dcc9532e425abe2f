/** Vite's `manifest`, as far as it counts here. */
export type ViteManifest = Readonly<Record<string, ViteChunk>>;

interface ViteChunk {
  readonly file: string;
  readonly name?: string;
  readonly isEntry?: boolean;
  readonly css?: readonly string[];
  /** Chunks it cannot do without, by their keys. */
  readonly imports?: readonly string[];
  /** Chunks it may ask for later. */
  readonly dynamicImports?: readonly string[];
}

/** The pages that were built, by name. */
export function pagesOf(manifest: ViteManifest): string[] {
  return Object.values(manifest).flatMap(({ isEntry, name }) => (isEntry && name ? [name] : []));
}

/**
 * What a page loads at once: its HTML, scripts and styles.
 * @param later whether with everything it may ask for later
 */
export function filesOfPage(manifest: ViteManifest, page: string, later = false): string[] {
  const entry = Object.entries(manifest).find(([, one]) => one.isEntry && one.name === page);
  if (!entry) throw new RangeError(`there is no page ${page}`);
  const files = new Set([entry[0]]);
  const seen = new Set<string>();
  const add = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const next of [...(chunk.imports ?? []), ...(later ? (chunk.dynamicImports ?? []) : [])]) {
      add(next);
    }
  };
  add(entry[0]);
  return [...files];
}
