/**
 * Where a thread's code is. Sources are TypeScript, which a new thread has to learn to read, in
 * `<name>-entry.mjs`; built, the module itself is read as it is.
 * @param importer `import.meta.url` of the module that starts the thread, beside it
 */
export function threadUrl(importer: string, name: string): string {
  const file = importer.endsWith('.ts') ? `${name}-entry.mjs` : `${name}.js`;
  return new URL(file, importer).href;
}
