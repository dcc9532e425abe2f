import { startAuditWorker } from './bureau/audit-worker.ts';
import { type ClosingPeers, startClosingWorker } from './bureau/closing-worker.ts';
import { startImportWorker } from './bureau/import-worker.ts';
import { type ClaimsWebhook, startClaimFollower } from './claims/follow-claims.ts';
import { startProofWorker } from './proofs/proof-worker.ts';
import { startRetention } from './retention/run-retention.ts';
import type { Service } from './service.ts';
import { startWebhookWorker } from './webhooks/worker.ts';

export interface WorkerOptions {
  /** Proofs made at once; 0: none are. */
  readonly provers: number;
  /** Where benefits that were claimed on the chain are delivered. */
  readonly claimsWebhook?: ClaimsWebhook | undefined;
  /** Other authorities, asked while a month is closed. */
  readonly openPeers?: ((service: Service) => Promise<ClosingPeers>) | undefined;
}

/** Works through everything that is queued, until the service closes. */
export async function startWorkers(service: Service, options: WorkerOptions): Promise<void> {
  const { provers, openPeers, claimsWebhook } = options;
  if (provers > 0) await startProofWorker(service, { concurrency: provers });
  await startWebhookWorker(service);
  await startImportWorker(service);
  await startClosingWorker(service, openPeers ? { openPeers } : {});
  await startAuditWorker(service);
  startClaimFollower(service, claimsWebhook);
  service.queue.onClose(startRetention(service));
}
