import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/keys/paths.ts';

export interface ScratchFolder extends AsyncDisposable {
  readonly path: string;
}

/** A new folder below `build/` (tools open only what lies in the package), removed when disposed of. */
export async function scratchFolder(name: string): Promise<ScratchFolder> {
  const builds = join(packageRoot, 'build');
  await mkdir(builds, { recursive: true });
  const path = await mkdtemp(join(builds, `${name}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
