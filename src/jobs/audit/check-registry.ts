import { epochLabel, type Finding, finding } from './finding.ts';
import type { RegistryView } from './registry-view.ts';

/** A registry's log against its state: the chain of roots, and who signed each. */
export function checkRegistry({ name, epochs, log }: RegistryView): Finding[] {
  if (log === 'gap') return [finding('audit.log_gap', { source: name })];
  if (!log) return [];
  const findings: Finding[] = [];
  for (const [i, epoch] of epochs.entries()) {
    const label = epochLabel(epoch);
    const facts = { source: name, epoch: label };
    const published = log[i];
    const isSame =
      published?.root === epoch.root &&
      published.month === epoch.month &&
      published.revision === epoch.revision &&
      published.accounts === epoch.accounts;
    if (!isSame) findings.push(finding('audit.log_differs', facts));
    if (!published) continue;
    if (published.previousRoot !== (epochs[i - 1]?.root ?? 0n)) {
      findings.push(finding('audit.previous_root_wrong', facts));
    }
    const known = new Set(published.authorities);
    const signers = new Set(published.signers);
    for (const authority of signers) {
      if (known.has(authority)) continue;
      findings.push(finding('audit.signer_unknown', { epoch: label, authority }));
    }
    const { quorum = 1 } = published;
    const signatures = [...signers].filter((signer) => known.has(signer)).length;
    if (signatures < quorum) {
      findings.push(finding('audit.no_quorum', { epoch: label, signatures, quorum }));
    }
  }
  return findings;
}
