import type { Service } from './service.ts';

export interface WorkerOptions {
  /** Proofs made at once. */
  readonly provers: number;
}

/** Works through everything that is queued, until the service closes. */
export async function startWorkers(_service: Service, _options: WorkerOptions): Promise<void> {}
