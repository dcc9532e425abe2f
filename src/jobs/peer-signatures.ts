import { setTimeout } from 'node:timers/promises';
import type { Address } from 'viem';
import { isSignatureOf, type RegistryDomain } from '../chain/epoch-commitment.ts';
import { expectAuthority } from '../chain/registry.ts';
import type { CommitmentSignature, EpochCommitment } from '../chain/types.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { StoredEpoch } from '../ledger/store/epochs.ts';

/** Another authority, somewhere else: it rebuilds the root from a copy of its own, or refuses. */
export interface PeerSigner {
  /** What a person calls it: its URL. */
  readonly name: string;
  /** @throws peer.unreachable, peer.malformed, peer.other_registry */
  address(signal: AbortSignal): Promise<Address>;
  /** @throws whatever the peer refuses with; peer.unreachable, peer.malformed */
  sign(
    epoch: StoredEpoch,
    commitment: EpochCommitment,
    signal: AbortSignal,
  ): Promise<CommitmentSignature>;
}

/** A peer that did not sign, and why. */
export interface PeerRefusal {
  readonly peer: string;
  readonly error: CanbaoError;
}

export interface PeerAsking {
  readonly domain: RegistryDomain;
  readonly authorities: readonly Address[];
  /** Who has signed already is not asked. */
  readonly signed: readonly Address[];
  /** How many signatures are still missing. */
  readonly missing: number;
  /** How long peers are waited for once there are enough signatures, ms. */
  readonly graceMs: number;
  /** Called with each good signature, one after another. */
  readonly onSignature: (signature: CommitmentSignature) => Promise<void>;
  readonly onRefusal: (refusal: PeerRefusal) => void;
}

/**
 * Asks all peers at once. One that does not answer, or refuses, costs its own signature and no
 * other; once there are enough, the rest get a while and no more.
 */
export async function askPeers(
  peers: readonly PeerSigner[],
  epoch: StoredEpoch,
  commitment: EpochCommitment,
  asking: PeerAsking,
): Promise<void> {
  const late = new AbortController();
  const over = new AbortController();
  const signed = new Set(asking.signed.map((address) => address.toLowerCase()));
  let keeping: Promise<void> = Promise.resolve();
  let missing = asking.missing;
  const hurry = () => {
    if (missing > 0) return;
    setTimeout(asking.graceMs, undefined, { signal: over.signal, ref: false }).then(
      () => late.abort(),
      () => {},
    );
  };
  const keep = (signature: CommitmentSignature) => {
    keeping = keeping.then(async () => {
      await asking.onSignature(signature);
      missing--;
      hurry();
    });
    return keeping;
  };
  const ask = async (peer: PeerSigner) => {
    let signature: CommitmentSignature;
    try {
      const address = (await peer.address(late.signal)).toLowerCase();
      if (signed.has(address)) return;
      signature = await peer.sign(epoch, commitment, late.signal);
      await expectGood(peer, signature, commitment, asking);
      if (signed.has(signature.signer.toLowerCase())) return;
      signed.add(signature.signer.toLowerCase());
    } catch (error) {
      asking.onRefusal({ peer: peer.name, error: asRefusal(peer, error, late.signal) });
      return;
    }
    await keep(signature);
  };
  hurry();
  try {
    await Promise.all(peers.map(ask));
  } finally {
    over.abort();
    late.abort(); // where keeping a signature failed, nobody waits for the others
  }
}

/** A peer's word is not enough: an authority of the registry signed this very commitment. */
async function expectGood(
  { name }: PeerSigner,
  signature: CommitmentSignature,
  commitment: EpochCommitment,
  { domain, authorities }: PeerAsking,
): Promise<void> {
  expectAuthority(authorities, signature.signer);
  if (!(await isSignatureOf(domain, commitment, signature))) {
    throw new CanbaoError('peer.malformed', { peer: name, reason: 'not its signature' });
  }
}

function asRefusal({ name }: PeerSigner, error: unknown, late: AbortSignal): CanbaoError {
  if (late.aborted) return new CanbaoError('peer.too_slow', { peer: name }, error);
  if (error instanceof CanbaoError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new CanbaoError('peer.malformed', { peer: name, reason }, error);
}
