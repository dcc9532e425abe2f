import pLimit from 'p-limit';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { statementRegistry } from '../../statements/registry.ts';
import type { BatchPorts } from '../../verify/verify-presentations.ts';
import type { Service } from '../service.ts';
import { type PublishedRoots, publishedRoots } from './published-roots.ts';

/** Checks are nearly all arithmetic: more at once would only wait for each other. */
const AT_ONCE = 8;
const MOST_WAITING = 4000;

/** What the verdicts of a service share. */
export interface VerdictWork {
  /** Nullifiers are left to whoever asks. */
  readonly ports: Omit<BatchPorts, 'nullifiers'>;
  readonly roots: PublishedRoots;
  /** Runs a check in its turn. @throws service.overloaded */
  take<T>(check: () => Promise<T>): Promise<T>;
}

const works = new WeakMap<Service, VerdictWork>();

export function verdictWork(service: Service): VerdictWork {
  const known = works.get(service);
  if (known) return known;
  const roots = publishedRoots(service);
  const { keys, clock, random, proofThreads } = service;
  const limit = pLimit(AT_ONCE);
  const work: VerdictWork = {
    ports: {
      ...{ statements: statementRegistry, epochs: roots, keys, clock, random },
      ...(proofThreads && { proofs: proofThreads }),
    },
    roots,
    async take(check) {
      if (limit.pendingCount >= MOST_WAITING) throw new CanbaoError('service.overloaded');
      return limit(check);
    },
  };
  works.set(service, work);
  return work;
}
