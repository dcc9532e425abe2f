import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { frToBytes } from '../../core/field.ts';
import type { HolderSession } from '../holders/session.ts';
import type { Service } from '../service.ts';
import { watch } from '../watch.ts';
import { cancelJob } from './job-states.ts';
import type { StoredError } from './proof-error.ts';

/** How a proof stands; times are Unix seconds. */
export interface ProofStanding {
  readonly id: string;
  readonly state: 'queued' | 'proving' | 'done' | 'failed' | 'cancelled';
  /** 0 to 1. */
  readonly progress: number;
  readonly createdAt: number;
  readonly endedAt?: number;
  /** Once done: a presentation file. */
  readonly presentation?: unknown;
  /** Once failed. */
  readonly error?: StoredError;
}

type Owner = Pick<HolderSession, 'commitment'>;
const LOOK_MS = 300;

/** @throws proof.unknown, of another holder's too */
export async function ownProof({ db }: Service, owner: Owner, id: string): Promise<ProofStanding> {
  const row = await db
    .selectFrom('proof_job')
    .select(['state', 'progress', 'presentation', 'error', 'created_at', 'ended_at'])
    .where('id', '=', id)
    .where('commitment', '=', frToBytes(owner.commitment))
    .executeTakeFirst();
  if (!row) throw new CanbaoError('proof.unknown');
  const { state, progress, presentation, error, created_at, ended_at } = row;
  return {
    ...{ id, state, progress },
    createdAt: created_at.getTime() / 1000,
    ...(ended_at && { endedAt: ended_at.getTime() / 1000 }),
    ...(presentation !== null && { presentation }),
    ...(error !== null && { error: error as StoredError }),
  };
}

/** Cancels a proof that is open; deletes one that has ended, its presentation with it. @throws proof.unknown */
export async function dropProof(service: Service, owner: Owner, id: string): Promise<void> {
  const { db, clock } = service;
  const commitment = frToBytes(owner.commitment);
  if (await cancelJob(db, id, commitment, new Date(clock() * 1000))) return;
  const { numDeletedRows } = await db
    .deleteFrom('proof_job')
    .where('id', '=', id)
    .where('commitment', '=', commitment)
    .where('ended_at', 'is not', null)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new CanbaoError('proof.unknown');
}

/**
 * How a proof stands, at once and on each change, until it has ended or nobody watches.
 * @throws proof.unknown
 */
export function watchProof(
  service: Service,
  owner: Owner,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<ProofStanding> {
  return watch(() => ownProof(service, owner, id), {
    ...{ everyMs: LOOK_MS, signal },
    isOver: ({ endedAt }) => endedAt !== undefined,
  });
}
