import type { KeyEntry, KeyManifest } from '../../../../src/groth16/manifest.ts';

/** The key a statement was checked with, as the manifest has it. */
export interface KeyOfStatement {
  readonly statement: string;
  readonly entry: KeyEntry;
}

/** Those that the manifest has. */
export function keysOf(
  statements: readonly string[],
  manifest: KeyManifest | undefined,
): KeyOfStatement[] {
  return statements.flatMap((statement) => {
    const entry = manifest?.statements[statement];
    return entry ? [{ statement, entry }] : [];
  });
}
