import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/keys/paths.ts';
import { freePort } from './free-port.ts';

/** `canbao serve` in a process of its own. */
export interface RunningService extends AsyncDisposable {
  /** Empty for a process that only works through the queue. */
  readonly url: string;
  readonly child: ChildProcess;
  /** All it has written to its log. */
  log(): string;
  /** CPU time used so far, ms, and memory in use, MB. */
  usage(): Promise<{ readonly cpuMs: number; readonly residentMb: number }>;
}

export interface RunningServiceOptions {
  /** Default: one of its own, deleted at the end. */
  readonly home?: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Linux counts CPU time in these. */
const TICKS_A_SECOND = 100;
const PAGE_BYTES = 4096;

/** Resolves once it serves, or works. */
export async function startService(options: RunningServiceOptions = {}): Promise<RunningService> {
  const { args = ['--sample'], environment = {} } = options;
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'canbao-service-')));
  const main = join(packageRoot, 'src', 'cli', 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'serve', ...args, '--json'], {
    cwd: packageRoot,
    env: {
      ...process.env,
      CANBAO_HOME: home,
      CANBAO_LISTEN: `127.0.0.1:${await freePort()}`,
      CANBAO_REQUESTS_A_MINUTE: '1000000',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const ended = once(child, 'exit');
  const url = await Promise.race([
    readyUrl(child),
    ended.then(() => Promise.reject(new Error(`it ended before it served: ${log.slice(-2000)}`))),
  ]);
  return {
    url,
    child,
    log: () => log,
    async usage() {
      const stat = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ');
      const [user = 0, system = 0, pages = 0] = [11, 12, 21].map((field) => Number(stat?.[field]));
      return {
        cpuMs: ((user + system) * 1000) / TICKS_A_SECOND,
        residentMb: (pages * PAGE_BYTES) / 1e6,
      };
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('it has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    const { ok, url = '' } = JSON.parse(line) as { ok: boolean; url?: string };
    if (!ok) throw new Error(line);
    return url.replace('127.0.0.1', 'localhost');
  }
  throw new Error('it said nothing');
}
