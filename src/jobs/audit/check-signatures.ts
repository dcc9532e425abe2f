import { isSignatureOf } from '../../chain/epoch-commitment.ts';
import type { CommitmentSignature, EpochCommitment } from '../../chain/types.ts';
import { toFr } from '../../core/field.ts';
import { listSignatures } from '../../ledger/store/epoch-transitions.ts';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { epochKey } from './epoch-source.ts';
import { epochLabel, type Finding, finding } from './finding.ts';
import type { RegistryView } from './registry-view.ts';

/**
 * The signatures the ledger keeps of published epochs: of authorities, over exactly what was
 * published, a quorum, and those the chain was shown. They need no chain to be believed.
 */
export async function checkSignatures(
  store: Store,
  epochs: readonly StoredEpoch[],
  view: RegistryView,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const places = new Map(view.epochs.map((epoch, place) => [epochKey(epoch), place]));
  for (const epoch of epochs) {
    const place = places.get(epochKey(epoch));
    if (place === undefined) continue;
    findings.push(...(await checkEpochSignatures(store, epoch, view, place)));
  }
  return findings;
}

async function checkEpochSignatures(
  store: Store,
  stored: StoredEpoch,
  view: RegistryView,
  place: number,
): Promise<Finding[]> {
  const published = view.epochs[place];
  if (!published) return [];
  const findings: Finding[] = [];
  const epoch = epochLabel(stored);
  const commitment: EpochCommitment = {
    month: published.month,
    revision: published.revision,
    epochRoot: published.root,
    previousRoot: view.epochs[place - 1]?.root ?? toFr(0n),
    accounts: published.accounts,
  };
  const domain = { chainId: view.chainId, registry: view.address };
  const log = view.log === 'gap' ? undefined : view.log;
  const shown = log?.[place]?.signers;
  // Without a log nobody tells who could sign before the authorities changed.
  const isTold = log !== undefined || !view.haveChanged;
  // One that has ceased to be an authority since it signed is no stranger.
  const known = new Set([
    ...view.authorities.map((authority) => authority.toLowerCase()),
    ...(log ?? []).flatMap(({ authorities }) => authorities),
  ]);
  const valid = new Set<string>();
  const held = new Set<string>();
  for (const { authority, signature } of await listSignatures(store, stored.id)) {
    const signer = authority.toLowerCase();
    held.add(signer);
    if (isTold && !known.has(signer)) {
      findings.push(finding('audit.signer_unknown', { epoch, authority }));
      continue;
    }
    const kept = { signer: authority, signature } as CommitmentSignature;
    if (await isSignatureOf(domain, commitment, kept)) valid.add(signer);
    // One that was not shown may be of an earlier try, with another predecessor.
    else if (shown?.includes(signer) ?? true) {
      findings.push(finding('audit.signature_invalid', { epoch, authority }));
    }
  }
  // A ledger that did not publish, but was handed the root, holds none.
  if (held.size === 0 && stored.state === 'built') return findings;
  for (const authority of shown ?? []) {
    if (!held.has(authority))
      findings.push(finding('audit.signature_missing', { epoch, authority }));
  }
  const quorum = log ? (log[place]?.quorum ?? 1) : isTold ? view.quorum : 1;
  if (valid.size < quorum) {
    findings.push(finding('audit.no_quorum', { epoch, signatures: valid.size, quorum }));
  }
  return findings;
}
