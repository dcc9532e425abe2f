import type { LocalAccount } from 'viem';
import { isSignatureOf, signCommitment } from '../chain/epoch-commitment.ts';
import {
  allEpochs,
  isAuthority,
  type RegistryContract,
  registryAuthorities,
} from '../chain/registry.ts';
import type { CommitmentSignature, EpochCommitment } from '../chain/types.ts';
import type { EpochRoot } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { toFr } from '../core/field.ts';
import { formatMonth, type MonthIndex } from '../core/month.ts';
import { listSignatures, recordSignature } from '../ledger/store/epoch-transitions.ts';
import { listEpochs, type StoredEpoch } from '../ledger/store/epochs.ts';
import type { Store } from '../ledger/store/open-store.ts';
import { askPeers, type PeerRefusal, type PeerSigner } from './peer-signatures.ts';

/** Signs epochs for one authority whose key is here, and only the root it computed itself. */
export interface EpochSigner {
  readonly account: LocalAccount;
  /** The root of a month out of the authority's own copy of the records. */
  rebuild(month: MonthIndex, revision: number): Promise<EpochRoot>;
}

export interface SigningOptions {
  readonly store: Store;
  readonly registry: RegistryContract;
  readonly signers: readonly EpochSigner[];
  /** Other authorities, asked once those here have signed. */
  readonly peers?: readonly PeerSigner[] | undefined;
  /** How long peers are waited for once there is a quorum, ms; default 30,000. */
  readonly graceMs?: number | undefined;
  /** Called after each new signature is kept. @param share 0 to 1 */
  readonly onSigned?: (share: number) => void;
  readonly onRefusal?: ((refusal: PeerRefusal) => void) | undefined;
}

const GRACE_MS = 30_000;

/** What is to be published, and by whom it is signed. */
export interface SignedCommitment {
  readonly commitment: EpochCommitment;
  readonly signatures: readonly CommitmentSignature[];
}

/**
 * The epoch's commitment with the signatures the store holds and those of `signers` and `peers` that
 * have not signed yet; each is kept as it comes. A signer here that refuses is a fault of this
 * ledger and stops it; a peer that does not sign is reported, and stops no quorum of others.
 * @throws epoch.roots_differ, epoch.no_quorum, epoch.taken_back
 */
export async function collectSignatures(
  options: SigningOptions,
  epoch: StoredEpoch,
): Promise<SignedCommitment> {
  const { store, registry, signers, peers = [], onSigned = () => {} } = options;
  const { authorities, quorum } = await registryAuthorities(registry);
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const commitment = await commitmentOf(registry, store, epoch);
  const signatures: CommitmentSignature[] = [];
  for (const { authority, signature } of await listSignatures(store, epoch.id)) {
    const known = { signer: authority, signature } as CommitmentSignature;
    // One made before another month was published names the wrong predecessor: it is made anew. That
    // of an authority removed since does not count, and would have the contract refuse the others.
    if (isAuthority(authorities, authority) && (await isSignatureOf(domain, commitment, known))) {
      signatures.push(known);
    }
  }
  for (const [i, { account, rebuild }] of signers.entries()) {
    // Once submitted, what was signed is what counts.
    if (epoch.state === 'submitted' && signatures.length >= quorum) break;
    if (!isAuthority(authorities, account.address)) continue;
    if (signatures.some(({ signer }) => signer === account.address)) continue;
    const own = await rebuild(epoch.month, epoch.revision);
    if (own !== epoch.root) {
      const facts = { month: formatMonth(epoch.month), authority: account.address };
      throw new CanbaoError('epoch.roots_differ', { ...facts, where: 'root', tiles: 0 });
    }
    await keep(await signCommitment(domain, account, { ...commitment, epochRoot: own }));
    onSigned((i + 1) / (signers.length + peers.length));
  }
  const refusals: PeerRefusal[] = [];
  // With what an earlier run collected there is nothing left to ask for.
  if (epoch.state === 'built' || signatures.length < quorum) {
    await askPeers(peers, epoch, commitment, {
      ...{ domain, authorities, signed: signatures.map(({ signer }) => signer) },
      missing: quorum - signatures.length,
      graceMs: options.graceMs ?? GRACE_MS,
      async onSignature(signature) {
        await keep(signature);
        onSigned(signatures.length / (signers.length + peers.length));
      },
      onRefusal(refusal) {
        refusals.push(refusal);
        options.onRefusal?.(refusal);
      },
    });
  }
  if (signatures.length < quorum) {
    const refused = refusals.map(({ peer, error }) => `${peer} ${error.code}`).join('; ');
    throw new CanbaoError('epoch.no_quorum', {
      ...{ month: formatMonth(epoch.month), signatures: signatures.length, quorum },
      ...(refused && { refused }),
    });
  }
  return { commitment, signatures };

  async function keep(signed: CommitmentSignature): Promise<void> {
    const kept = { authority: signed.signer, signature: signed.signature };
    await recordSignature(store, epoch.id, kept, quorum);
    signatures.push(signed);
  }
}

/** @throws epoch.taken_back: signed behind a gap, the epoch would shut out those before it for ever */
async function commitmentOf(
  registry: RegistryContract,
  store: Store,
  { id, month, revision, root, accountCount }: StoredEpoch,
): Promise<EpochCommitment> {
  const published = (await allEpochs(registry)).map((epoch) => epoch.root);
  // Published by an earlier run, and perhaps followed by others since.
  const own = published.indexOf(root);
  const before = own < 0 ? published.at(-1) : published[own - 1];
  const earlier = (await listEpochs(store)).filter((epoch) => epoch.id < id);
  const missing = earlier.find((epoch) => !published.includes(epoch.root));
  if (missing) {
    throw new CanbaoError('epoch.taken_back', { month: formatMonth(missing.month) });
  }
  return {
    month,
    revision,
    epochRoot: root,
    previousRoot: before ?? toFr(0n),
    accounts: accountCount,
  };
}
