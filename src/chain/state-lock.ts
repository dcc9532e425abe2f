import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { CanbaoError } from '../core/errors/canbao-error.ts';

/** How long a node that was told to end may take to write its state. */
const PATIENCE_SECONDS = 5;

/** One process at a time may use a state file: two would overwrite each other's blocks. */
export interface StateLock {
  /** Adds the node's process, which may outlive ours for a moment. */
  heldBy(pid: number): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes `<file>.lock`, which names the processes that hold it. Those that are gone hold nothing.
 * @throws chain.state_in_use after five seconds
 */
export async function lockState(stateFile: string): Promise<StateLock> {
  const path = `${stateFile}.lock`;
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  while (!(await create(path))) {
    const holder = await liveHolder(path);
    if (holder === undefined) await rm(path, { force: true });
    else if (Date.now() > deadline) {
      throw new CanbaoError('chain.state_in_use', { path: stateFile, pid: holder, lock: path });
    } else await setTimeout(50);
  }
  return {
    heldBy: (pid) => writeFile(path, `${process.pid} ${pid}`),
    release: () => rm(path, { force: true }),
  };
}

/** Written aside and linked, so that nobody finds a lock that does not say yet whose it is. */
async function create(path: string): Promise<boolean> {
  const own = `${path}.${process.pid}.${randomUUID()}`;
  await writeFile(own, `${process.pid}`);
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function liveHolder(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split(' ')
    .map(Number)
    .find((pid) => Number.isInteger(pid) && pid > 0 && isAlive(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // another user's
  }
}
