import { setTimeout as pause } from 'node:timers/promises';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { createProver } from '../../groth16/create-prover.ts';
import type { Prover } from '../../groth16/prover.ts';
import type { Service } from '../service.ts';
import { newId } from '../tokens.ts';
import {
  type ClaimedJob,
  claimJob,
  endJob,
  keepJob,
  releaseJob,
  reviveJobs,
} from './job-states.ts';
import { makeProof } from './make-proof.ts';
import { isFinal, storedError } from './proof-error.ts';
import { declareProofQueue, LEASE_SECONDS, PROOF_QUEUE } from './proof-queue.ts';
import { throughCuts } from './through-cuts.ts';

export interface ProofWorkerOptions {
  /** Proofs made at once. */
  readonly concurrency: number;
  /** Default: ours, which the worker then closes. */
  readonly prover?: Prover;
  /** An attempt nothing is heard of for so long is taken for dead; default 30. */
  readonly leaseSeconds?: number;
}

/** Attempts after which a job is given up; a worker's death counts as one. */
const MOST_ATTEMPTS = 5;
/** How often an attempt tells how far it is, and hears whether it still counts. */
const BEAT_MS = 500;

/** Makes the proofs that holders order, until the queue closes; any number of processes may. */
export async function startProofWorker(
  service: Service,
  options: ProofWorkerOptions,
): Promise<void> {
  const { queue, db } = service;
  const { concurrency, leaseSeconds = LEASE_SECONDS } = options;
  const prover = options.prover ?? (await createProver('wasm'));
  await declareProofQueue(queue);
  await queue.work(PROOF_QUEUE, concurrency, ({ id }, ending) =>
    attempt(service, { id, prover, leaseSeconds, ending }),
  );
  queue.every(leaseSeconds / 6, async () => {
    for (const id of await reviveJobs(db, leaseSeconds)) await queue.send(PROOF_QUEUE, id);
  });
  if (!options.prover) queue.onClose(() => prover.close());
}

interface Attempt {
  readonly id: string;
  readonly prover: Prover;
  readonly leaseSeconds: number;
  readonly ending: AbortSignal;
}

async function attempt(service: Service, { id, ending, ...how }: Attempt): Promise<void> {
  const { db, random, clock, queue } = service;
  const { prover, leaseSeconds } = how;
  const claim = newId(random);
  const job = await throughCuts(() => claimJob(db, id, claim, leaseSeconds));
  if (!job) return;
  const end = (outcome: Parameters<typeof endJob>[2]) =>
    throughCuts(() => endJob(db, job, outcome, new Date(clock() * 1000)));
  const giveUp = () => {
    const error = new CanbaoError('proof.gave_up', { attempts: job.attempts });
    return end({ state: 'failed', error: storedError(error) });
  };
  // Its workers died, each time: so might this one.
  if (job.attempts > MOST_ATTEMPTS) return giveUp();

  const beat = startBeat(service, job, leaseSeconds);
  try {
    const abort = AbortSignal.any([beat.lost, ending]);
    const run = { prover, abort, onProgress: beat.report };
    const presentation = await makeProof(service, job, run);
    await end({ state: 'done', presentation });
  } catch (error) {
    if (beat.lost.aborted) return;
    if (isFinal(error)) return end({ state: 'failed', error: storedError(error) });
    if (ending.aborted) {
      await throughCuts(() => releaseJob(db, job, { seconds: 0, counts: false }));
      await queue.send(PROOF_QUEUE, id);
      return;
    }
    if (job.attempts >= MOST_ATTEMPTS) await giveUp();
    else await throughCuts(() => releaseJob(db, job, { seconds: 2 ** job.attempts, counts: true }));
    throw error;
  } finally {
    await beat.stop();
  }
}

/** Tells the row how far an attempt is, and the attempt when it counts no more. */
function startBeat({ db }: Service, job: ClaimedJob, leaseSeconds: number) {
  const stopping = new AbortController();
  const lost = new AbortController();
  let share = 0;
  const beat = async () => {
    while (!stopping.signal.aborted) {
      await pause(BEAT_MS, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      // A connection that breaks is no reason to stop: the lease lasts longer than a beat.
      const counts = await keepJob(db, job, share, leaseSeconds).catch(() => true);
      if (!counts) return lost.abort();
    }
  };
  const beating = beat();
  return {
    lost: lost.signal,
    report: (done: number) => {
      share = done;
    },
    async stop() {
      stopping.abort();
      await beating;
    },
  };
}
