import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { CanbaoError } from '../core/errors/canbao-error.ts';

const require = createRequire(import.meta.url);

/**
 * The anvil program: `CANBAO_ANVIL` if set, else the optional package for this machine, else
 * `anvil` on PATH.
 * @throws chain.no_node_program
 */
export function findAnvil(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.CANBAO_ANVIL;
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new CanbaoError('chain.no_node_program', { tried: chosen });
  }
  const onPath = (environment.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, 'anvil'));
  const found = [...packagedAnvil(), ...onPath].find(isProgram);
  if (!found) throw new CanbaoError('chain.no_node_program', { tried: 'anvil' });
  return found;
}

/** Where the package manager put the program for this platform, if it did. */
function packagedAnvil(): string[] {
  const cpu = process.arch === 'x64' ? 'amd64' : process.arch;
  try {
    const manifest = require.resolve(`@foundry-rs/anvil-${process.platform}-${cpu}/package.json`);
    return [join(dirname(manifest), 'bin', 'anvil')];
  } catch {
    return []; // optional: not installed, or not made for this platform
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
