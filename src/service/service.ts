import type { LocalAccount } from 'viem';
import { type Clock, systemClock } from '../core/clock.ts';
import { type RandomBytes, systemRandom } from '../core/random.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { Bureau } from '../runtime/bureau.ts';
import { openBureau } from '../runtime/bureau.ts';
import type { ChainService } from '../runtime/chain-service.ts';
import type { Home } from '../runtime/home.ts';
import type { InstalledChainOptions } from '../runtime/installed-chain.ts';
import { type JobQueue, openQueue } from './queue.ts';
import { type Seal, sealWith } from './seal.ts';
import { openServiceTables } from './store/migrations.ts';
import type { ServiceDb } from './store/tables.ts';
import { openProofThreads, type ProofThreads } from './verdicts/proof-threads.ts';

/** What every part of the service works with. */
export interface Service {
  readonly bureau: Bureau;
  /** The bureau's database, the service's tables with it. */
  readonly db: ServiceDb;
  readonly chain: ChainService;
  readonly queue: JobQueue;
  readonly keys: KeyStore;
  readonly seal: Seal;
  /** Undefined where proofs are checked on the serving thread. */
  readonly proofThreads: ProofThreads | undefined;
  readonly home: Home;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Development keys are then refused. */
  readonly production: boolean;
  /** Where people reach it: `https://canbao.example`. */
  readonly origin: string;
  close(): Promise<void>;
}

export interface ServiceOptions extends InstalledChainOptions {
  readonly databaseUrl?: string | undefined;
  readonly authorityKey?: () => Promise<LocalAccount | undefined>;
  readonly origin: string;
  readonly production: boolean;
  /** Threads that check proofs; 0, the default: the calling one does. */
  readonly verifyThreads?: number;
  readonly clock?: Clock;
  readonly random?: RandomBytes;
  /** Faults of the queue's own housekeeping. */
  readonly onQueueError?: (error: Error) => void;
}

/**
 * Opens ledger, chain and queue.
 * @throws ledger.store_busy, ledger.store_unavailable, and what opening the chain throws
 */
export async function openService(options: ServiceOptions): Promise<Service> {
  const { home, keys, production, origin, onQueueError } = options;
  const { clock = systemClock, random = systemRandom, verifyThreads = 0 } = options;
  const bureau = await openBureau({ ...options, clock });
  try {
    const db = await openServiceTables(bureau.store);
    const chain = await bureau.chain();
    const queue = await openQueue(bureau.store, onQueueError);
    const proofThreads = verifyThreads > 0 ? openProofThreads(verifyThreads) : undefined;
    return {
      ...{ bureau, db, chain, queue, keys, home, clock, random, production, origin },
      proofThreads,
      seal: sealWith(await home.secret('service-seal', 32), random),
      async close() {
        await queue.close();
        await proofThreads?.close();
        await bureau.close();
      },
    };
  } catch (error) {
    await bureau.close();
    throw error;
  }
}
