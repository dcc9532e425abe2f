import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one that was given the same number; '' where unknown. */
  readonly started: string;
}

/** Paths this process holds, to tell our own lock from a stale one with our number. */
const held = new Set<string>();

/**
 * One process a folder: two PGlite instances on one directory destroy it. A lock whose process is
 * gone is taken over.
 * @returns releases the lock
 * @throws ledger.store_busy
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx' });
      held.add(path);
      return () => {
        if (held.delete(path)) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder && (holder.pid === process.pid ? held.has(path) : isAlive(holder))) {
      throw new CanbaoError('ledger.store_busy', { folder, pid: holder.pid });
    }
    rmSync(path, { force: true });
  }
  throw new CanbaoError('ledger.store_busy', { folder, pid: '?' });
}

function readHolder(path: string): Holder | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { pid, started } = parsed as Partial<Holder>;
    return typeof pid === 'number' ? { pid, started: String(started ?? '') } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startOf(pid);
  return now === '' || started === '' || now === started;
}

/** Start time of a process in clock ticks since boot (Linux). */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22; the second field is in parentheses and may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
