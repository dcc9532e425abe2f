import { plainFacts } from '../../core/errors/canbao-error.ts';
import { closeEpoch } from '../../jobs/close-epoch.ts';
import type { PeerRefusal, PeerSigner } from '../../jobs/peer-signatures.ts';
import { type SettleOptions, settleEpochs } from '../../jobs/settle-epochs.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import type { Service } from '../service.ts';
import {
  type ClosingJob,
  type ClosingProgress,
  type ClosingResult,
  closings,
  epochName,
} from './closings.ts';
import { startOrderedWorker } from './ordered-worker.ts';

/** Other authorities while a month is closed. */
export interface ClosingPeers {
  readonly peers: readonly PeerSigner[];
  close(): Promise<void>;
}

export interface ClosingWorkerOptions {
  /** Opened for each closing; without it only the authorities whose keys are here sign. */
  readonly openPeers?: (service: Service) => Promise<ClosingPeers>;
}

/** Closes months as they are asked for, one at a time. */
export async function startClosingWorker(
  service: Service,
  options: ClosingWorkerOptions = {},
): Promise<void> {
  await startOrderedWorker<ClosingJob>(service, {
    jobs: closings,
    run: (job, note) => close(service, job, { ...options, note }),
    mayPass: ({ code }) => code === 'epoch.no_quorum',
    logged: ({ kind }, result) => ({
      ...{ role: 'closer', action: `epoch.${kind}.end` },
      facts: result?.epoch && { month: result.epoch.month, revision: result.epoch.revision },
    }),
  });
}

interface CloseOptions extends ClosingWorkerOptions {
  readonly note: (progress: ClosingProgress) => void;
}

async function close(
  service: Service,
  job: ClosingJob,
  { openPeers, note }: CloseOptions,
): Promise<ClosingResult> {
  const { bureau, chain } = service;
  const refused: PeerRefusal[] = [];
  const signers = await bureau.signers();
  const submitter = chain.submitter();
  const others = await openPeers?.(service);
  const settling: SettleOptions = {
    ...{ store: bureau.store, registry: chain.registry, peers: others?.peers ?? [] },
    ...{ signers, submitter },
    persistChain: chain.persist,
    wait: true,
    onProgress: (stage, share) => note({ stage, share }),
    onRefusal: (refusal) => refused.push(refusal),
  };
  const told = () =>
    refused.map(({ peer, error: { code, facts } }) => ({ peer, code, facts: plainFacts(facts) }));
  try {
    if (job.month === null) {
      const { settled, takenBack } = await settleEpochs(settling);
      const [all, lost] = [settled.map(epochName), takenBack.map(epochName)];
      return { settled: all, takenBack: lost, refused: told() };
    }
    const { month, revise } = job;
    const closed = await closeEpoch({ ...settling, month, revise, hash: await wasmPoseidon() });
    const name = epochName(closed.epoch);
    const epoch = { ...name, root: String(closed.epoch.root), signers: closed.signers };
    return { settled: [name], takenBack: [], epoch, refused: told() };
  } finally {
    await others?.close();
  }
}
