import { copyFile, open, readFile, rename } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CanbaoError } from '../core/errors/canbao-error.ts';

/**
 * Anvil rewrites its state file in place, so a kill at the wrong moment leaves it torn and anvil
 * refuses to start on it. Beside it we keep `<file>.saved`, replaced as a whole.
 */
export function savedCopyOf(stateFile: string): string {
  return `${stateFile}.saved`;
}

/**
 * Makes sure that anvil can open the state file: if it is torn, the saved copy takes its place.
 * @throws chain.bad_state if neither can be read
 */
export async function repairState(stateFile: string): Promise<void> {
  const state = await readState(stateFile);
  if (state === 'whole') return;
  const saved = savedCopyOf(stateFile);
  const copy = await readState(saved);
  if (copy === 'whole') await copyFile(saved, stateFile);
  else if (state === 'torn' || copy === 'torn') {
    throw new CanbaoError('chain.bad_state', { path: stateFile });
  }
}

async function readState(path: string): Promise<'absent' | 'torn' | 'whole'> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return 'absent';
  try {
    JSON.parse(text);
    return 'whole';
  } catch {
    return 'torn';
  }
}

/**
 * Writes what `anvil_dumpState` returned as the saved copy: aside, to the disk, then renamed.
 * @param dump hex of the gzipped JSON
 */
export async function writeSavedCopy(stateFile: string, dump: `0x${string}`): Promise<void> {
  const json = await promisify(gunzip)(Buffer.from(dump.slice(2), 'hex'));
  const saved = savedCopyOf(stateFile);
  const file = await open(`${saved}.new`, 'w');
  try {
    await file.writeFile(json);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${saved}.new`, saved);
}
