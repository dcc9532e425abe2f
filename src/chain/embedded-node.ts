import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createClient, http } from 'viem';
import { type HDAccount, mnemonicToAccount } from 'viem/accounts';
import { startAnvil } from './anvil-process.ts';
import { withChainErrors } from './chain-errors.ts';
import { repairState, writeSavedCopy } from './embedded-state.ts';
import { lockState } from './state-lock.ts';

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

const SAVE_SECONDS = 1;
const DEVELOPMENT_MNEMONIC = 'test test test test test test test test test test test junk';

/** A rich account of every embedded chain, for deploying and paying. Never an authority's key. */
export function embeddedAccount(index: number): HDAccount {
  return mnemonicToAccount(DEVELOPMENT_MNEMONIC, { addressIndex: index });
}

/**
 * Starts anvil and waits until it answers. Blocks are mined at once, one a transaction.
 * @throws chain.no_node_program, chain.node_failed, chain.bad_state, chain.state_in_use
 */
export async function startEmbeddedNode(options: EmbeddedNodeOptions = {}): Promise<EmbeddedNode> {
  const { stateFile, chainId = 31_337, port = 0 } = options;
  const flags = ['--port', `${port}`, '--chain-id', `${chainId}`, '--hardfork', 'prague'];
  if (stateFile === undefined) {
    const { url, pid, end } = await startAnvil(flags);
    return { url, chainId, pid, save: async () => {}, close: end };
  }

  await mkdir(dirname(stateFile), { recursive: true });
  const lock = await lockState(stateFile);
  try {
    await repairState(stateFile);
    const anvil = await startAnvil([...flags, '--state', stateFile, '--state-interval', '1']);
    const { url, pid } = anvil;
    await lock.heldBy(pid);
    const keeper = keepState(url, stateFile);
    return {
      url,
      chainId,
      pid,
      save: keeper.save,
      async close() {
        await keeper.stop();
        await anvil.end();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Renews the saved copy whenever a block was mined: each second, and on demand. */
function keepState(url: string, stateFile: string) {
  const rpc = createClient({ transport: http(url, { retryCount: 0 }) });
  let savedBlock: string | undefined;
  const saveNow = () =>
    withChainErrors(url, async () => {
      const block = String(await rpc.request({ method: 'eth_blockNumber' }));
      if (block === savedBlock) return;
      const dump = (await rpc.request({ method: 'anvil_dumpState' } as never)) as `0x${string}`;
      await writeSavedCopy(stateFile, dump);
      savedBlock = block;
    });
  let saving: Promise<void> = Promise.resolve();
  const save = () => {
    saving = saving.catch(() => {}).then(saveNow);
    return saving;
  };
  // What fails here is tried again, and reported by the next save that somebody waits for.
  const timer = setInterval(() => save().catch(() => {}), SAVE_SECONDS * 1000);
  timer.unref();
  return {
    save,
    async stop() {
      clearInterval(timer);
      await saving.catch(() => {});
    },
  };
}
