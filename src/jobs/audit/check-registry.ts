import { epochLabel, type Finding, finding } from './finding.ts';
import type { RegistryView } from './registry-view.ts';

/** A registry's log against its state: the chain of roots, and who signed each. */
export function checkRegistry({ name, epochs, log, authorities, quorum }: RegistryView): Finding[] {
  if (!log) return [];
  const findings: Finding[] = [];
  const known = new Set(authorities.map((authority) => authority.toLowerCase()));
  for (const [i, epoch] of epochs.entries()) {
    const facts = { source: name, epoch: epochLabel(epoch) };
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
    const signers = new Set(published.signers.map((signer) => signer.toLowerCase()));
    for (const authority of signers) {
      if (known.has(authority)) continue;
      findings.push(finding('audit.signer_unknown', { epoch: facts.epoch, authority }));
    }
    const signatures = [...signers].filter((signer) => known.has(signer)).length;
    if (signatures < quorum) {
      findings.push(finding('audit.no_quorum', { epoch: facts.epoch, signatures, quorum }));
    }
  }
  return findings;
}
