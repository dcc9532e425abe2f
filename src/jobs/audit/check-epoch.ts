import type { Poseidon } from '../../core/poseidon.ts';
import { epochRoot } from '../../ledger/epoch.ts';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Db } from '../../ledger/store/tables.ts';
import type { LedgerSizes } from './check-inputs.ts';
import { checkTree } from './check-tree.ts';
import { epochLabel, type Finding, finding } from './finding.ts';

export interface EpochCheckOptions {
  readonly sizes: LedgerSizes;
  readonly hash: Poseidon;
  readonly told: Set<string>;
  /** @param leaves rebuilt since the last call */
  readonly onLeaves?: (leaves: number) => void;
}

/** Rebuilds both trees of an epoch from the records alone and compares roots and tiles. */
export async function checkEpoch(
  db: Db,
  epoch: StoredEpoch,
  { sizes, ...options }: EpochCheckOptions,
): Promise<Finding[]> {
  const { hash } = options;
  const label = epochLabel(epoch);
  const accounts = await checkTree('accounts', db, epoch, { ...options, places: sizes.persons });
  const employers = await checkTree('employers', db, epoch, {
    ...options,
    places: sizes.employers,
  });
  const findings = [...accounts.findings, ...employers.findings];
  for (const [tree, rebuilt, stored] of [
    ['accounts', accounts.root, epoch.accountsRoot],
    ['employers', employers.root, epoch.employersRoot],
  ] as const) {
    if (rebuilt === stored) continue;
    findings.push(finding('audit.tree_root_wrong', { epoch: label, tree, stored, rebuilt }));
  }
  const rebuilt = epochRoot(accounts.root, employers.root, epoch.month, hash);
  if (rebuilt !== epoch.root) {
    findings.push(finding('audit.root_wrong', { epoch: label, stored: epoch.root, rebuilt }));
  }
  return findings;
}
