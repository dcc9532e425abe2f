import { setTimeout } from 'node:timers/promises';
import { hashCommitment } from '../../chain/epoch-commitment.ts';
import type { CommitmentSignature } from '../../chain/types.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth } from '../../core/month.ts';
import {
  type CoSigner,
  type CoSignProgress,
  type CoSignRequest,
  coSign,
} from '../replica/co-sign.ts';
import type { Leader } from '../replica/leader.ts';

/** A signature, or how far it has come. */
export type CoSignState =
  | ({ readonly state: 'signed' } & CommitmentSignature)
  | { readonly state: CoSignProgress['stage']; readonly done: number };

/**
 * Co-signatures take from a second to hours: they are made here, one at a time, while whoever wants
 * one asks again and again.
 */
export interface CoSignJobs {
  /**
   * Starts it, or joins the same already under way, and waits a while for its end.
   * @param leaderOf called once, where it starts
   * @throws what {@link coSign} throws, once; then the next call starts anew; authority.busy
   */
  request(
    request: CoSignRequest,
    leaderOf: (signal: AbortSignal) => Promise<Leader>,
  ): Promise<CoSignState>;
  /** Breaks off what is under way, and waits until it has stopped. */
  close(): Promise<void>;
}

interface Job {
  readonly digest: string;
  readonly result: Promise<CommitmentSignature>;
  progress: CoSignProgress;
  /** Unix ms; undefined while it runs. */
  endedAt?: number;
}

/** A result that nobody came for, ms. */
const FORGET_MS = 60_000;

export function coSignJobs(signer: CoSigner, waitMs = 15_000): CoSignJobs {
  const stop = new AbortController();
  let job: Job | undefined;

  function start(
    digest: string,
    request: CoSignRequest,
    leaderOf: (signal: AbortSignal) => Promise<Leader>,
  ): Job {
    const { signal } = stop;
    const onProgress = (progress: CoSignProgress) => {
      started.progress = progress;
    };
    const result = leaderOf(signal).then((leader) =>
      coSign(signer, request, leader, { signal, onProgress }),
    );
    const started: Job = { digest, result, progress: { stage: 'fetch', done: 0 } };
    const end = () => {
      started.endedAt = Date.now();
    };
    result.then(end, end);
    return started;
  }

  return {
    async request(request, leaderOf) {
      const { chain, address: registry } = signer.registry;
      const commitment = hashCommitment({ chainId: chain.chainId, registry }, request.commitment);
      const digest = JSON.stringify([commitment, request.epochId, request.inputs]);
      const isOver = job?.endedAt !== undefined;
      if (isOver && (job?.digest !== digest || Date.now() - (job.endedAt ?? 0) > FORGET_MS)) {
        job = undefined;
      }
      if (job && job.digest !== digest) {
        const month = formatMonth(request.commitment.month);
        throw new CanbaoError('authority.busy', { month });
      }
      job ??= start(digest, request, leaderOf);
      const asked = job;
      const patience = new AbortController();
      try {
        const signature = await Promise.race([
          asked.result,
          setTimeout(waitMs, undefined, { signal: patience.signal }),
        ]);
        if (signature) return { state: 'signed', ...signature };
        return { state: asked.progress.stage, done: asked.progress.done };
      } finally {
        patience.abort();
        if (asked.endedAt !== undefined && job === asked) job = undefined;
      }
    },
    async close() {
      stop.abort();
      await job?.result.catch(() => {});
    },
  };
}
