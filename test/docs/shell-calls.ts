import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** Stands in for every program: ours write down what they were called with, others do nothing. */
const STAND_INS = `
note() { printf '%s\\0' "$#" "$@" >&3; }
canbao() { note canbao "$@"; }
npm() { note npm "$@"; }
npx() { note npx "$@"; }
command_not_found_handle() { :; }
PATH=/nowhere
`;

/**
 * Calls of `canbao`, `npm` and `npx` in a piece of shell, as bash itself reads it: quotes, variables,
 * continued lines and all. Nothing else runs.
 * @throws Error where bash cannot read it
 */
export async function shellCalls(code: string): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'canbao-shell-'));
  try {
    const misread = await bash(['-n', '-c', code], folder);
    if (misread.code !== 0) throw new Error(misread.errors);
    const { notes } = await bash(['-c', `${STAND_INS}\n${code}`], folder);
    return callsOf(notes.split('\0'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each call behind the number of its words. */
function callsOf(notes: readonly string[]): string[][] {
  const calls: string[][] = [];
  for (let at = 0; notes[at]; ) {
    const end = at + 1 + Number(notes[at]);
    calls.push(notes.slice(at + 1, end));
    at = end;
  }
  return calls;
}

async function bash(args: readonly string[], cwd: string) {
  const child = spawn('bash', ['--noprofile', '--norc', ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: 10_000,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [errors, notes, code] = await Promise.all([
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    ended,
  ]);
  return { errors, notes, code };
}
