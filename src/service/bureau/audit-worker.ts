import { plainFacts } from '../../core/errors/canbao-error.ts';
import type { AuditReport } from '../../jobs/audit/audit-ledger.ts';
import { auditSnapshot } from '../../jobs/audit/audit-snapshot.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import type { Service } from '../service.ts';
import { type AuditJob, type AuditProgress, type AuditResult, audits } from './audits.ts';
import { epochName } from './closings.ts';
import { startOrderedWorker } from './ordered-worker.ts';

/** A ledger that was tampered with throughout has as many findings as rows. */
const MOST_FINDINGS = 500;

/**
 * Audits the ledger as it is asked for, one audit at a time. An audit reads one snapshot: with the
 * embedded database everything else waits for it meanwhile.
 */
export async function startAuditWorker(service: Service): Promise<void> {
  await startOrderedWorker<AuditJob>(service, {
    jobs: audits,
    run: (job, note) => audit(service, job, note),
    logged: (_, result) => ({
      ...{ role: 'auditor', action: 'audit.end' },
      facts: result && { findings: result.findingCount },
    }),
  });
}

async function audit(
  { bureau, chain }: Service,
  { month }: AuditJob,
  note: (progress: AuditProgress) => void,
): Promise<AuditResult> {
  return toResult(
    await auditSnapshot({
      ...{ store: bureau.store, published: chain.registry, hash: await wasmPoseidon() },
      ...(month !== null && { month }),
      onProgress: (stage, share, epoch) =>
        note({ stage, share, ...(epoch !== undefined && { epoch }) }),
    }),
  );
}

function toResult({ findings, epochs, unchecked }: AuditReport): AuditResult {
  return {
    findings: findings
      .slice(0, MOST_FINDINGS)
      .map(({ code, facts }) => ({ code, facts: plainFacts(facts) })),
    findingCount: findings.length,
    epochs: epochs.map(({ epoch, ok, totals }) => ({
      ...{ ...epochName(epoch), root: String(epoch.root), ok, totals },
    })),
    unchecked,
  };
}
