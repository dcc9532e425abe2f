import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { checkBatches, readBatches } from './check-batches.ts';
import { checkEpoch } from './check-epoch.ts';
import { checkInputs, ledgerSizes } from './check-inputs.ts';
import { checkPublished } from './check-published.ts';
import { checkRegistry } from './check-registry.ts';
import { checkNumbers, checkOwners, checkVersions } from './check-rows.ts';
import { checkSequence } from './check-sequence.ts';
import { checkSignatures } from './check-signatures.ts';
import { compareSources } from './compare-sources.ts';
import type { EpochSource } from './epoch-source.ts';
import { epochLabel, type Finding } from './finding.ts';
import { type AuditNotes, checkNotes } from './notes.ts';
import { readEpochs } from './read-epochs.ts';
import type { RegistryView } from './registry-view.ts';
import { checkStrayTiles } from './tile-rows.ts';
import { type EpochTotals, epochTotals } from './totals.ts';

/** Where an audit has come to. */
export type AuditStage = 'rows' | 'rebuild' | 'published';

export interface AuditOptions {
  /** One snapshot for all of it: a transaction that only reads. */
  readonly store: Store;
  readonly hash: Poseidon;
  /** What is published: a registry, or a list of whom the auditor trusts more than the ledger. */
  readonly published?: RegistryView | EpochSource;
  /** Roots that were published before the snapshot was taken; default: all. */
  readonly publishedBefore?: number;
  /** What others say was published: other nodes, other chains, exports, a print. */
  readonly others?: readonly (RegistryView | EpochSource)[];
  /** Notes of earlier audits. */
  readonly notes?: readonly AuditNotes[];
  /** Rebuild this month alone; what is not of one epoch is then left out. */
  readonly month?: MonthIndex;
  readonly revision?: number;
  /** @param share of the stage, 0 to 1 */
  readonly onProgress?: (stage: AuditStage, share: number, epoch?: string) => void;
}

/** An epoch that was rebuilt, and what it counted. */
export interface AuditedEpoch {
  readonly epoch: StoredEpoch;
  readonly totals: EpochTotals;
  /** No finding about its records, trees or roots. */
  readonly ok: boolean;
}

export interface AuditReport {
  readonly findings: readonly Finding[];
  readonly epochs: readonly AuditedEpoch[];
  /** What could not be checked, and why not. */
  readonly unchecked: readonly ('no_chain' | 'no_log')[];
}

/**
 * Audits a ledger: the rows against themselves, every epoch rebuilt from the rows against the roots
 * and tiles it keeps, those against what was published, that against what others say was.
 * Memory does not grow with the ledger.
 * @throws ledger.unknown_epoch for a month that is not closed
 */
export async function auditLedger(options: AuditOptions): Promise<AuditReport> {
  const { store, published, others = [], notes = [], onProgress = () => {} } = options;
  const { db } = store;
  const { epochs, findings } = await readEpochs(db);
  const isWhole = options.month === undefined;
  if (isWhole) findings.push(...(await checkRows(store, epochs, onProgress)));
  for (const one of notes) findings.push(...(await checkNotes(db, epochs, one)));
  const audited = await checkEpochs(options, epochs, findings);
  onProgress('published', 0);
  for (const source of published ? [published, ...others] : others) {
    findings.push(...checkSequence(source));
    if (isRegistry(source)) findings.push(...checkRegistry(source));
  }
  if (published) {
    const known = options.publishedBefore ?? published.epochs.length;
    findings.push(...checkPublished(epochs, published, known));
    for (const other of others) {
      findings.push(...compareSources(published, other, { otherMayEnd: true }));
    }
  }
  if (published && isRegistry(published)) {
    findings.push(...(await checkSignatures(store, epochs, published)));
  }
  onProgress('published', 1);
  return { findings, epochs: audited, unchecked: uncheckedOf(published) };
}

async function checkRows(
  { db }: Store,
  epochs: readonly StoredEpoch[],
  onProgress: NonNullable<AuditOptions['onProgress']>,
): Promise<Finding[]> {
  onProgress('rows', 0);
  const sizes = await ledgerSizes(db);
  const batches = await readBatches(db);
  return [
    ...(await checkNumbers(db)),
    ...(await checkBatches(db, batches)),
    ...(await checkOwners(db)),
    ...(await checkVersions(db, sizes.persons, (share) => onProgress('rows', share))),
    ...(await checkInputs(db, epochs, batches, sizes)),
    ...(await checkStrayTiles(db, epochs)),
  ];
}

/** Adds to `findings` what each epoch gives. */
async function checkEpochs(
  { store: { db }, hash, month, revision, onProgress = () => {} }: AuditOptions,
  epochs: readonly StoredEpoch[],
  findings: Finding[],
): Promise<AuditedEpoch[]> {
  const sizes = await ledgerSizes(db);
  const told = new Set<string>();
  const audited: AuditedEpoch[] = [];
  const meant = epochs.filter(
    (epoch) =>
      (month === undefined || epoch.month === month) &&
      (revision === undefined || epoch.revision === revision),
  );
  if (month !== undefined && meant.length === 0) {
    const what = epochLabel({ month, revision: revision ?? 0 });
    throw new CanbaoError('ledger.unknown_epoch', { what });
  }
  for (const epoch of meant) {
    const total = epoch.accountCount + epoch.employerCount;
    let done = 0;
    const found = await checkEpoch(db, epoch, {
      ...{ sizes, hash, told },
      onLeaves(count) {
        done += count;
        onProgress('rebuild', done / total, epochLabel(epoch));
      },
    });
    findings.push(...found);
    audited.push({ epoch, totals: await epochTotals(db, epoch), ok: found.length === 0 });
  }
  return audited;
}

function isRegistry(source: RegistryView | EpochSource): source is RegistryView {
  return 'quorum' in source;
}

function uncheckedOf(published: AuditOptions['published']): AuditReport['unchecked'] {
  if (!published || !isRegistry(published)) return ['no_chain'];
  return published.log ? [] : ['no_log'];
}
