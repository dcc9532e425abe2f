import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packageRoot } from '../../../src/keys/paths.ts';
import { type Circuit, loadCircuit } from '../circuit/circuit.ts';
import { compileSource } from '../circuit/compile.ts';
import { applyPatch } from '../defences/bug-table.ts';
import { scratchFolder } from '../scratch-folder.ts';

/** A small patch that takes a defence out of a circuit. */
export interface PlantedBug {
  readonly name: string;
  /** The statement whose circuit shows it. */
  readonly statement: string;
  /** Below `circuits/`. */
  readonly file: string;
  /** Occurs exactly once. */
  readonly find: string;
  readonly replace: string;
  /** A second change of the same file. */
  readonly also?: { readonly find: string; readonly replace: string };
}

/** @throws Error where a patch no longer fits its file */
export async function readBugs(): Promise<readonly PlantedBug[]> {
  return JSON.parse(await readFile(join(import.meta.dirname, 'bugs.json'), 'utf8'));
}

/** A patched copy of `circuits/`. */
export interface Planted {
  /** The file with the bug in it. */
  readonly source: string;
  /** Library folders for the compiler, relative to the package. */
  readonly libraries: readonly string[];
  /** The statement's circuit with the bug in it; undefined where circom refuses the source. */
  compile(): Promise<Circuit | undefined>;
}

/** Lets `use` work on a copy of the circuits with the bug in it. */
export async function withPlanted<T>(
  bug: PlantedBug,
  use: (planted: Planted) => Promise<T>,
): Promise<T> {
  await using scratch = await scratchFolder('planted');
  const copy = join(scratch.path, 'circuits');
  await cp(join(packageRoot, 'circuits'), copy, { recursive: true });
  const file = join(copy, bug.file);
  const buggy = patched(await readFile(file, 'utf8'), bug);
  await writeFile(file, buggy);
  const below = (path: string) => relative(packageRoot, join(copy, path));
  const libraries = [below('lib'), below('generated'), 'node_modules/circomlib/circuits'];
  const source = `pragma circom 2.2.0;\ninclude "main/${bug.statement}.circom";\n`;
  return await use({
    source: buggy,
    libraries,
    compile: async () => {
      const compiled = await compileSource(source, libraries).catch(() => undefined);
      return compiled && loadCircuit(bug.statement, compiled).catch(() => undefined);
    },
  });
}

/** @throws Error if a text to replace does not occur exactly once */
export function patched(source: string, { file, find, replace, also }: PlantedBug): string {
  const once = applyPatch(source, { file, find, replace });
  return also ? applyPatch(once, { file, ...also }) : once;
}
