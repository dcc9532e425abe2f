import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/keys/paths.ts';

/** `canbao authority serve` in a process of its own. */
export interface RunningAuthority extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly url: URL;
  readonly address: string;
  /** All it has written. */
  output(): string;
}

/**
 * Resolves once it serves. Its database is the embedded one where `environment` names no other.
 * @param listen `127.0.0.1:0` for any port
 */
export async function startAuthority(
  home: string,
  listen: string,
  environment: Readonly<Record<string, string>>,
): Promise<RunningAuthority> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const args = ['src/cli/main.ts', 'authority', 'serve', '--home', home, '--listen', listen];
  const child = spawn(process.execPath, ['--import', 'tsx', ...args, '--json'], {
    cwd: packageRoot,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exit = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>,
    exit.then(() => Promise.reject(new Error(`it ended before it served: ${output.slice(-2000)}`))),
  ]);
  const { url, address } = JSON.parse(line) as { url: string; address: string };
  return {
    ...{ child, url: new URL(url), address, output: () => output },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exit;
    },
  };
}
