import { CanbaoError, plainFacts } from '../../core/errors/canbao-error.ts';
import type { AuditReport, AuditStage } from '../../jobs/audit/audit-ledger.ts';
import { auditSnapshot } from '../../jobs/audit/audit-snapshot.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { logAction } from '../operator-log/operator-log.ts';
import type { Service } from '../service.ts';
import {
  type AuditJob,
  type AuditResult,
  endAudit,
  getAudit,
  noteAudit,
  openAudits,
  startAudit,
} from './audits.ts';
import { epochName } from './closings.ts';
import { AUDIT_QUEUE, declareBureauQueues, MOST_ATTEMPTS } from './queues.ts';

/** A ledger that was tampered with throughout has as many findings as rows. */
const MOST_FINDINGS = 500;

/**
 * Audits the ledger as it is asked for, one audit at a time. An audit reads one snapshot: with the
 * embedded database everything else waits for it meanwhile.
 */
export async function startAuditWorker(service: Service): Promise<void> {
  const { queue } = service;
  await declareBureauQueues(queue);
  await queue.work(AUDIT_QUEUE, 1, ({ id }) => work(service, id));
  // What a killed process had begun is not given out again until its time is over: ask for it now.
  for (const { id } of await openAudits(service)) await queue.send(AUDIT_QUEUE, id);
}

async function work(service: Service, id: string): Promise<void> {
  const job = await getAudit(service, id);
  if (job.endedAt) return;
  const attempt = await startAudit(service, id);
  try {
    await end(service, job, { result: await audit(service, job) });
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    if (error.status >= 500 && attempt < MOST_ATTEMPTS) throw error;
    await end(service, job, { error: { code: error.code, facts: plainFacts(error.facts) } });
  }
}

async function end(
  service: Service,
  { id, operator }: AuditJob,
  how: Parameters<typeof endAudit>[2],
): Promise<void> {
  await endAudit(service, id, how);
  await logAction(service, {
    ...{ operator, role: 'auditor', action: 'audit.end' },
    facts: { id, ...('result' in how && { findings: how.result.findingCount }) },
    outcome: 'result' in how ? 'ok' : how.error.code,
  });
}

async function audit(service: Service, { id, month }: AuditJob): Promise<AuditResult> {
  const { bureau, chain } = service;
  const notes = auditNotes(service, id);
  try {
    return toResult(
      await auditSnapshot({
        ...{ store: bureau.store, published: chain.registry, hash: await wasmPoseidon() },
        ...(month !== null && { month }),
        onProgress: notes.add,
      }),
    );
  } finally {
    await notes.end();
  }
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

/** Notes how far it is when a stage or an epoch begins, or a tenth of one is done. */
function auditNotes(service: Service, id: string) {
  let last = '';
  let writing: Promise<void> = Promise.resolve();
  return {
    add(stage: AuditStage, share: number, epoch?: string): void {
      const at = `${stage} ${epoch} ${Math.floor(share * 10)}`;
      if (at === last) return;
      last = at;
      const progress = { stage, share, ...(epoch !== undefined && { epoch }) };
      writing = writing.then(() => noteAudit(service, id, progress)).catch(() => {});
    },
    end: () => writing,
  };
}
