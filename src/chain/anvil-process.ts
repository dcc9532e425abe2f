import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { findAnvil } from './anvil-program.ts';

/** A running anvil. */
export interface AnvilProcess {
  readonly url: string;
  readonly pid: number;
  /** Asks it to write its state and end, and waits until it has. */
  end(): Promise<void>;
}

const START_SECONDS = 20;

/**
 * Runs the node and ends it (SIGTERM: it writes its state first) when our end of the pipe closes,
 * which the kernel sees to even if this process is killed.
 */
const LEASH = `
exec 3<&0
"$@" </dev/null 3<&- &
node=$!
(cat <&3 >/dev/null; kill -TERM $node 2>/dev/null) >/dev/null 2>&1 &
exec 3<&-
echo "pid $node"
wait $node
`;

/**
 * Starts anvil on 127.0.0.1, closed to web pages, and waits until it listens.
 * @throws chain.no_node_program, chain.node_failed
 */
export async function startAnvil(flags: readonly string[]): Promise<AnvilProcess> {
  const command = [findAnvil(), '--host', '127.0.0.1', '--no-cors', ...flags];
  const child = spawn('/bin/sh', ['-c', LEASH, 'anvil', ...command]);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { address, pid } = await listening(child);
  return {
    url: `http://${address}`,
    pid,
    async end() {
      child.stdin.end();
      await exited;
    },
  };
}

/** Waits for the line that names the address. The rest of what anvil prints is dropped. */
async function listening(child: ChildProcess): Promise<{ address: string; pid: number }> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new CanbaoError('chain.node_failed', { reason: 'no output' });
  let complaint = '';
  stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-500);
  });
  let pid = 0;
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(deadline);
      child.stdin?.end();
      reject(new CanbaoError('chain.node_failed', { reason }));
    };
    const deadline = setTimeout(
      () => fail(`no answer in ${START_SECONDS} s`),
      START_SECONDS * 1000,
    );
    child.once('error', (error) => fail(error.message));
    child.once('close', () => fail(complaint.trim() || 'it ended at once'));
    createInterface({ input: stdout }).on('line', (line) => {
      pid ||= Number(/^pid (\d+)$/.exec(line)?.[1] ?? 0);
      const address = /^Listening on (\S+)$/.exec(line)?.[1];
      if (address === undefined) return;
      clearTimeout(deadline);
      resolve({ address, pid });
    });
  });
}
