import { setTimeout } from 'node:timers/promises';
import { encodeFunctionData, type Hex, type LocalAccount } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { epochRegistryAbi as abi } from './artifacts/EpochRegistry.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import { epochOfRoot, type RegistryContract } from './registry.ts';
import { isPending } from './send-transaction.ts';
import { openSubmission, type Submission } from './submission.ts';
import { WAIT_SECONDS } from './transactions.ts';
import { orderedSignatures } from './typed-signature.ts';
import type { CommitmentSignature, EpochCommitment } from './types.ts';

export interface PublishOptions {
  /** Called when a transaction is sent, before it is confirmed: the moment to write its hash down. */
  readonly onSubmitted?: (hash: Hex) => Promise<void>;
  /** Sent by an earlier run: while it waits to be mined, nothing else is sent. */
  readonly submitted?: Hex | undefined;
}

/** How deep in the chain an epoch is: as deep as the registry asks, at the head, or nowhere. */
type Standing = 'settled' | 'head' | 'absent';

/** A transaction the chain shows no trace of is sent again after so long. */
const RESEND_MS = 2000;
/** How long a node may be silent once something was sent. */
const PATIENCE_MS = 30_000;

/**
 * Publishes an epoch and waits for the confirmations. What is published already, as the same month
 * and revision, is not sent again; what a reorganisation takes back meanwhile is. It is the same
 * transaction as long as that can take place, so that repeating is safe after anything.
 * @param submitter pays; need not be an authority
 * @returns the transaction, or undefined if there was nothing left to do
 * @throws chain.reverted with the contract's error, chain.not_confirmed, chain.unreachable
 */
export async function publishEpoch(
  registry: RegistryContract,
  submitter: LocalAccount,
  commitment: EpochCommitment,
  signatures: readonly CommitmentSignature[],
  { onSubmitted, submitted }: PublishOptions = {},
): Promise<Hex | undefined> {
  const { chain } = registry;
  const submission = openSubmission(chain, submitter, () =>
    publication(registry, submitter, commitment, signatures),
  );
  const look = patientAfter(submission, () => standingOf(registry, commitment));
  const deadline = Date.now() + WAIT_SECONDS * 1000;
  let wasThere = false;
  for (;;) {
    const standing = await look();
    if (standing === 'settled') return submission.hash;
    let isSent = false;
    const isTakenBack = wasThere && standing === 'absent';
    const isDue = isTakenBack || submission.silentMs() > RESEND_MS;
    if (standing === 'absent' && isDue && !(await isWaiting(submission, registry, submitted))) {
      const before = submission.hash;
      await orPublished(registry, commitment, () => submission.send());
      isSent = true;
      if (submission.hash && submission.hash !== before) await onSubmitted?.(submission.hash);
    }
    wasThere = standing === 'head';
    if (Date.now() > deadline) {
      const what = `epoch root ${commitment.epochRoot}`;
      throw new CanbaoError('chain.not_confirmed', { what, seconds: WAIT_SECONDS });
    }
    if (!isSent) await setTimeout(chain.reader.pollingInterval);
  }
}

/** Whether what an earlier run sent may still be mined. */
async function isWaiting(
  { hash }: Submission,
  { chain }: RegistryContract,
  submitted: Hex | undefined,
): Promise<boolean> {
  return hash === undefined && submitted !== undefined && (await isPending(chain, submitted));
}

/** Once something was sent, a node that does not answer is waited for; until then its fault is ours. */
function patientAfter(submission: Submission, look: () => Promise<Standing>) {
  let silentSince: number | undefined;
  return async (): Promise<Standing | undefined> => {
    try {
      const standing = await look();
      silentSince = undefined;
      return standing;
    } catch (error) {
      silentSince ??= Date.now();
      const isPatient = submission.hash !== undefined && Date.now() - silentSince < PATIENCE_MS;
      if (!isPatient || !isNodeFault(error)) throw error;
      return undefined;
    }
  };
}

function isNodeFault(error: unknown): boolean {
  return (
    error instanceof CanbaoError &&
    (error.code === 'chain.unreachable' || error.code === 'chain.rpc_failed')
  );
}

/** Runs `act`; that it fails is no matter where the epoch turns out to be published. */
async function orPublished(
  registry: RegistryContract,
  commitment: EpochCommitment,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    // Somebody else submitted the same epoch between our look and our transaction, perhaps so
    // recently that it is not mined yet.
    if (error instanceof CanbaoError && error.facts.error === 'RootAlreadyPublished') return;
    const standing = await standingOf(registry, commitment);
    if (standing === 'absent') throw error;
  }
}

/** The call of `publish`, tried first: a failure tells the contract's reason. */
function publication(
  { chain, address }: RegistryContract,
  submitter: LocalAccount,
  commitment: EpochCommitment,
  signatures: readonly CommitmentSignature[],
) {
  const args = [
    { ...commitment, accounts: BigInt(commitment.accounts) },
    orderedSignatures(signatures),
  ] as const;
  const call = { abi, functionName: 'publish', args } as const;
  return withChainErrors(chain.url, async () => {
    await chain.reader.simulateContract({ account: submitter, address, ...call });
    return { to: address, data: encodeFunctionData(call) };
  });
}

async function standingOf(
  registry: RegistryContract,
  commitment: EpochCommitment,
): Promise<Standing> {
  if (await isPublished(registry, commitment)) return 'settled';
  if ((registry.confirmations ?? 1) <= 1) return 'absent';
  return (await isPublished({ ...registry, confirmations: 1 }, commitment)) ? 'head' : 'absent';
}

/** @throws chain.reverted if the root is published as another epoch: nothing can be done for this one */
async function isPublished(
  registry: RegistryContract,
  { epochRoot, month, revision }: EpochCommitment,
): Promise<boolean> {
  const known = await epochOfRoot(registry, epochRoot);
  if (known === undefined) return false;
  if (known.month === month && known.revision === revision) return true;
  const details = `${epochRoot}`;
  throw new CanbaoError('chain.reverted', { error: 'RootAlreadyPublished', details });
}
