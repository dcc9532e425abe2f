import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient, http } from 'viem';
import { type HDAccount, mnemonicToAccount } from 'viem/accounts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { findAnvil } from './anvil-program.ts';
import { withChainErrors } from './chain-errors.ts';
import { repairState, writeSavedCopy } from './embedded-state.ts';

/** A local development chain in a child process. Its accounts' keys are public knowledge. */
export interface EmbeddedNode {
  readonly url: string;
  readonly chainId: number;
  /** Process id of the node. */
  readonly pid: number;
  /** Writes the state to disk: what was mined before survives anything. @throws chain.unreachable */
  save(): Promise<void>;
  /** Writes the state and ends the process. */
  close(): Promise<void>;
}

export interface EmbeddedNodeOptions {
  /** Where the chain is kept; without it, nowhere. */
  readonly stateFile?: string;
  /** Default 31337. */
  readonly chainId?: number;
  /** Default: a free one. */
  readonly port?: number;
}

const START_SECONDS = 20;
const SAVE_SECONDS = 1;
const DEVELOPMENT_MNEMONIC = 'test test test test test test test test test test test junk';

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

/** A rich account of every embedded chain, for deploying and paying. Never an authority's key. */
export function embeddedAccount(index: number): HDAccount {
  return mnemonicToAccount(DEVELOPMENT_MNEMONIC, { addressIndex: index });
}

/**
 * Starts anvil on 127.0.0.1 and waits until it answers. Blocks are mined at once, one a transaction.
 * One process at a time may use a state file.
 * @throws chain.no_node_program, chain.node_failed, chain.bad_state
 */
export async function startEmbeddedNode(options: EmbeddedNodeOptions = {}): Promise<EmbeddedNode> {
  const { stateFile, chainId = 31_337, port = 0 } = options;
  const program = findAnvil();
  if (stateFile !== undefined) {
    await mkdir(dirname(stateFile), { recursive: true });
    await repairState(stateFile);
  }
  const persistence =
    stateFile === undefined ? [] : ['--state', stateFile, '--state-interval', '1'];
  const flags = ['--host', '127.0.0.1', '--port', `${port}`, '--chain-id', `${chainId}`];
  const child = spawn(
    '/bin/sh',
    ['-c', LEASH, 'anvil', program, ...flags, '--hardfork', 'prague', '--no-cors', ...persistence],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { address, pid } = await listening(child);
  const url = `http://${address}`;
  const rpc = createClient({ transport: http(url, { retryCount: 0 }) });

  let savedBlock: string | undefined;
  const save = async () => {
    if (stateFile === undefined) return;
    await withChainErrors(url, async () => {
      const block = String(await rpc.request({ method: 'eth_blockNumber' }));
      if (block === savedBlock) return;
      const dump = (await rpc.request({ method: 'anvil_dumpState' } as never)) as `0x${string}`;
      await writeSavedCopy(stateFile, dump);
      savedBlock = block;
    });
  };
  let saving: Promise<void> = Promise.resolve();
  const saveInTurn = () => {
    saving = saving.catch(() => {}).then(save);
    return saving;
  };
  // A save that fails here is tried again, and reported by the next explicit one.
  const timer = setInterval(() => saveInTurn().catch(() => {}), SAVE_SECONDS * 1000);
  timer.unref();

  return {
    url,
    chainId,
    pid,
    save: saveInTurn,
    async close() {
      clearInterval(timer);
      await saving.catch(() => {});
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
