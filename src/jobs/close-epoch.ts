import type { Account, LocalAccount } from 'viem';
import { isSignatureOf, signCommitment } from '../chain/epoch-commitment.ts';
import { publishEpoch } from '../chain/publish-epoch.ts';
import { allEpochs, type RegistryContract, registryAuthorities } from '../chain/registry.ts';
import type { CommitmentSignature, EpochCommitment } from '../chain/types.ts';
import type { EpochRoot } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { toFr } from '../core/field.ts';
import { formatMonth, type MonthIndex } from '../core/month.ts';
import type { Poseidon } from '../core/poseidon.ts';
import { buildEpoch } from '../ledger/build/build-epoch.ts';
import {
  listSignatures,
  markFinal,
  markSubmitted,
  recordSignature,
} from '../ledger/store/epoch-transitions.ts';
import type { StoredEpoch } from '../ledger/store/epochs.ts';
import type { Store } from '../ledger/store/open-store.ts';

/** Signs epochs for one authority, and only the root it computed itself. */
export interface EpochSigner {
  readonly account: LocalAccount;
  /** The root of a month out of the authority's own copy of the records. */
  rebuild(month: MonthIndex, revision: number): Promise<EpochRoot>;
}

/** Where a closing has come to. */
export type CloseStage = 'build' | 'sign' | 'publish';

export interface CloseOptions {
  readonly store: Store;
  readonly registry: RegistryContract;
  readonly signers: readonly EpochSigner[];
  /** Pays for the transaction; need not be an authority. */
  readonly submitter: Account;
  readonly month: MonthIndex;
  /** Close the month once more with what the ledger knows now. */
  readonly revise?: boolean;
  readonly hash: Poseidon;
  /** Makes the chain's state outlive its process, before the ledger relies on it: the embedded node. */
  readonly persistChain?: () => Promise<void>;
  readonly onProgress?: (stage: CloseStage, share: number) => void;
}

export interface ClosedEpoch {
  readonly epoch: StoredEpoch;
  /** Addresses that signed. */
  readonly signers: readonly string[];
}

/**
 * Closes a month: root from the records, a quorum of signatures, publication, confirmations. Every
 * step is kept before the next begins, so that a closing cut short is finished by running it again.
 * @throws epoch.roots_differ, epoch.no_quorum, and what building and publishing throw
 */
export async function closeEpoch(options: CloseOptions): Promise<ClosedEpoch> {
  const { store, month, hash, revise = false, onProgress = () => {} } = options;
  let epoch = await buildEpoch(store, {
    month,
    hash,
    revise,
    onProgress: ({ accounts, total }) => onProgress('build', accounts / total),
  });
  if (epoch.state !== 'final') {
    await signAndPublish(options, epoch);
    await options.persistChain?.();
    epoch = await markFinal(store, epoch.id);
  }
  const signers = (await listSignatures(store, epoch.id)).map(({ authority }) => authority);
  return { epoch, signers };
}

/** Publishing is idempotent: what an earlier run submitted, and the chain kept, is not sent again. */
async function signAndPublish(options: CloseOptions, epoch: StoredEpoch): Promise<void> {
  const { store, registry, submitter, onProgress = () => {} } = options;
  const { commitment, list } = await collectSignatures(options, epoch);
  onProgress('publish', 0);
  const hash = await publishEpoch(registry, submitter, commitment, list, {
    onSubmitted: async (txHash) => {
      await markSubmitted(store, epoch.id, txHash);
    },
  });
  // Sent by an earlier run that was cut short before it could write the hash down.
  if (hash === undefined && epoch.state !== 'submitted') await markSubmitted(store, epoch.id, null);
}

async function collectSignatures(
  { store, registry, signers, onProgress = () => {} }: CloseOptions,
  epoch: StoredEpoch,
): Promise<{ commitment: EpochCommitment; list: CommitmentSignature[] }> {
  const { quorum } = await registryAuthorities(registry);
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const commitment = await commitmentOf(registry, epoch);
  const list: CommitmentSignature[] = [];
  for (const { authority, signature } of await listSignatures(store, epoch.id)) {
    const known = { signer: authority, signature } as CommitmentSignature;
    // One made before another month was published names the wrong predecessor: it is made anew.
    if (await isSignatureOf(domain, commitment, known)) list.push(known);
  }
  for (const [i, signer] of signers.entries()) {
    // Once submitted, what was signed is what counts.
    if (epoch.state === 'submitted' && list.length >= quorum) break;
    if (list.some(({ signer: address }) => address === signer.account.address)) continue;
    const own = await signer.rebuild(epoch.month, epoch.revision);
    if (own !== epoch.root) {
      throw new CanbaoError('epoch.roots_differ', {
        month: formatMonth(epoch.month),
        authority: signer.account.address,
      });
    }
    const signed = await signCommitment(domain, signer.account, { ...commitment, epochRoot: own });
    await recordSignature(
      store,
      epoch.id,
      { authority: signed.signer, signature: signed.signature },
      quorum,
    );
    list.push(signed);
    onProgress('sign', (i + 1) / signers.length);
  }
  if (list.length < quorum) {
    throw new CanbaoError('epoch.no_quorum', { signatures: list.length, quorum });
  }
  return { commitment, list };
}

async function commitmentOf(
  registry: RegistryContract,
  epoch: StoredEpoch,
): Promise<EpochCommitment> {
  const published = await allEpochs(registry);
  const others = published.filter(({ root }) => root !== epoch.root);
  return {
    month: epoch.month,
    revision: epoch.revision,
    epochRoot: epoch.root,
    previousRoot: others.at(-1)?.root ?? toFr(0n),
    accounts: epoch.accountCount,
  };
}
