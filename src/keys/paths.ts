import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds `circuits/` and `keys/`: the nearest one above with a package.json. */
export const packageRoot = findRoot(import.meta.dirname);

function findRoot(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return start;
    folder = parent;
  }
  return folder;
}

/** Compiled circuits, by statement name; made anew from source whenever that changes. */
export const circuitBuildFolder = join(packageRoot, 'build', 'circuits');
/** The keys that ship: `manifest.json`, and a folder a statement. */
export const shippedKeysFolder = join(packageRoot, 'keys');
/** Keys of circuits that are not the ones the shipped keys are for, by statement name and circuit hash. */
export const unshippedKeysFolder = join(packageRoot, 'build', 'keys');
