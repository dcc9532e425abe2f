import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import { formatMonth } from '../../../src/core/month.ts';
import { network } from '../shared/network.ts';
import { keyOf } from './service-ledger.ts';

/** All that the chain says of the ledger: epochs in the order of publication. */
export type ChainLedger = Awaited<ReturnType<typeof chainLedger>>;
/** A month as the chain has it; `log` where the node keeps one. */
export type ChainEpoch = ChainLedger['epochs'][number];

/**
 * Asks the chain, from this page. What it takes is loaded when it is wanted: it is larger than the page.
 * @throws chain.unreachable, chain.wrong_network, chain.rpc_failed, chain.no_contract
 */
export async function chainLedger() {
  const [{ pageRegistry }, { allEpochs, registryAuthorities }, { publishedHistory }] =
    await Promise.all([
      import('../shared/chain/page-chain.ts'),
      import('../../../src/chain/registry.ts'),
      import('../../../src/chain/registry-history.ts'),
    ]);
  const [registry, { fromBlock }] = await Promise.all([pageRegistry(), network()]);
  const epochs = await allEpochs(registry);
  const { authorities, quorum } = await registryAuthorities(registry);
  const read = await publishedHistory(registry, { fromBlock: BigInt(fromBlock) }).then(
    (history) => ({ history, log: 'whole' as const }),
    (error: unknown) => ({ history: undefined, log: logState(error) }),
  );
  const byRoot = new Map(read.history?.epochs.map((one) => [one.epochRoot, one]));
  return {
    epochs: epochs.map((epoch) => ({
      ...epoch,
      key: keyOf(formatMonth(epoch.month), epoch.revision),
      log: byRoot.get(epoch.root),
    })),
    ...{ authorities, quorum, log: read.log, url: registry.chain.url },
    changes: read.history?.changes ?? [],
  };
}

/** Nodes need not keep logs; the roots are in the state. */
function logState(error: unknown): 'gap' | 'none' {
  if (!(error instanceof CanbaoError)) throw error;
  if (error.code === 'chain.history_gap') return 'gap';
  if (error.code === 'chain.rpc_failed') return 'none';
  throw error;
}
