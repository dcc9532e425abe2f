import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A defence taken out of a source file: `find` occurs exactly once. */
export interface SourcePatch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A bug that real systems shipped, the test that would notice it here, and the proof that it would. */
export interface KnownBug {
  readonly bug: string;
  readonly seenIn: string;
  readonly test: { readonly file: string; readonly name: string };
  /** With these in place the test must fail. */
  readonly patches?: readonly SourcePatch[];
  /** Bugs planted in circuits (`planted/bugs.json`) that the suite must notice. */
  readonly planted?: readonly string[];
}

export function readBugTable(): readonly KnownBug[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'bug-table.json'), 'utf8'));
}

/** @throws Error where the text does not occur exactly once */
export function applyPatch(source: string, { file, find, replace }: SourcePatch): string {
  if (source.split(find).length !== 2) throw new Error(`the patch does not fit ${file}: ${find}`);
  return source.replace(find, () => replace);
}
