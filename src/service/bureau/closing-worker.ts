import { CanbaoError, plainFacts } from '../../core/errors/canbao-error.ts';
import { closeEpoch } from '../../jobs/close-epoch.ts';
import type { PeerRefusal, PeerSigner } from '../../jobs/peer-signatures.ts';
import { type CloseStage, type SettleOptions, settleEpochs } from '../../jobs/settle-epochs.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { logAction } from '../operator-log/operator-log.ts';
import type { Service } from '../service.ts';
import { endClosing, noteClosing, startClosing } from './closing-states.ts';
import {
  type ClosingJob,
  type ClosingResult,
  epochName,
  getClosing,
  openClosings,
} from './closings.ts';
import { CLOSING_QUEUE, declareBureauQueues, MOST_ATTEMPTS } from './queues.ts';

/** Other authorities while a month is closed. */
export interface ClosingPeers {
  readonly peers: readonly PeerSigner[];
  close(): Promise<void>;
}

export interface ClosingWorkerOptions {
  /** Opened for each closing; without it only the authorities whose keys are here sign. */
  readonly openPeers?: (service: Service) => Promise<ClosingPeers>;
}

/** Closes months as they are asked for, one at a time; one cut short is finished by doing it again. */
export async function startClosingWorker(
  service: Service,
  options: ClosingWorkerOptions = {},
): Promise<void> {
  const { queue } = service;
  await declareBureauQueues(queue);
  await queue.work(CLOSING_QUEUE, 1, ({ id }) => work(service, id, options));
  // What a killed process had begun is not given out again until its time is over: ask for it now.
  for (const { id } of await openClosings(service)) await queue.send(CLOSING_QUEUE, id);
}

async function work(service: Service, id: string, options: ClosingWorkerOptions): Promise<void> {
  const job = await getClosing(service, id);
  if (job.endedAt) return;
  const attempt = await startClosing(service, id);
  try {
    await end(service, job, { result: await close(service, job, options) });
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    const mayPass = error.status >= 500 || error.code === 'epoch.no_quorum';
    if (mayPass && attempt < MOST_ATTEMPTS) throw error;
    await end(service, job, { error: { code: error.code, facts: plainFacts(error.facts) } });
  }
}

async function end(
  service: Service,
  { id, kind, operator }: ClosingJob,
  how: Parameters<typeof endClosing>[2],
): Promise<void> {
  await endClosing(service, id, how);
  const epoch = 'result' in how ? how.result.epoch : undefined;
  await logAction(service, {
    ...{ operator, role: 'closer', action: `epoch.${kind}.end` },
    facts: { id, ...(epoch && { month: epoch.month, revision: epoch.revision }) },
    outcome: 'result' in how ? 'ok' : how.error.code,
  });
}

async function close(
  service: Service,
  job: ClosingJob,
  { openPeers }: ClosingWorkerOptions,
): Promise<ClosingResult> {
  const { bureau, chain } = service;
  const refused: PeerRefusal[] = [];
  const others = await openPeers?.(service);
  const notes = closingNotes(service, job.id);
  const settling: SettleOptions = {
    ...{ store: bureau.store, registry: chain.registry, peers: others?.peers ?? [] },
    signers: await bureau.signers(),
    submitter: chain.submitter(),
    persistChain: chain.persist,
    wait: true,
    onProgress: notes.add,
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
    await notes.end();
    await others?.close();
  }
}

/** Notes how far it is when a stage begins or a tenth of one is done. */
function closingNotes(service: Service, id: string) {
  let last = '';
  let writing: Promise<void> = Promise.resolve();
  return {
    add(stage: CloseStage, share: number): void {
      const at = `${stage} ${Math.floor(share * 10)}`;
      if (at === last) return;
      last = at;
      writing = writing.then(() => noteClosing(service, id, { stage, share })).catch(() => {});
    },
    end: () => writing,
  };
}
