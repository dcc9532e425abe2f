import { setTimeout } from 'node:timers/promises';
import type { Account, Hex } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { epochRegistryAbi as abi } from './artifacts/EpochRegistry.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import { walletOn } from './connection.ts';
import { orderedSignatures } from './epoch-commitment.ts';
import { epochOfRoot, type RegistryContract } from './registry.ts';
import { confirmed, WAIT_SECONDS } from './transactions.ts';
import type { CommitmentSignature, EpochCommitment } from './types.ts';

export interface PublishOptions {
  /** Called when the transaction is sent, before it is confirmed: the moment to write its hash down. */
  readonly onSubmitted?: (hash: Hex) => Promise<void>;
}

/**
 * Publishes an epoch and waits for the confirmations. A root that is published already, as the
 * same month and revision, is not submitted again: safe to repeat after a crash.
 * @param submitter pays; need not be an authority
 * @returns the transaction, or undefined if there was nothing left to do
 * @throws chain.reverted with the contract's error, chain.not_confirmed, chain.unreachable
 */
export async function publishEpoch(
  registry: RegistryContract,
  submitter: Account,
  commitment: EpochCommitment,
  signatures: readonly CommitmentSignature[],
  { onSubmitted }: PublishOptions = {},
): Promise<Hex | undefined> {
  const hash = await orPublished(registry, commitment, () =>
    send(registry, submitter, commitment, signatures),
  );
  if (hash !== undefined) {
    await onSubmitted?.(hash);
    const { chain, confirmations = 1 } = registry;
    await orPublished(registry, commitment, () => confirmed(chain, hash, confirmations));
  }
  await untilSettled(registry, commitment);
  return hash;
}

/** Runs `act` unless the epoch is published, or turns out to be by the time it fails: then undefined. */
async function orPublished<T>(
  registry: RegistryContract,
  commitment: EpochCommitment,
  act: () => Promise<T>,
): Promise<T | undefined> {
  const atHead = { ...registry, confirmations: 1 };
  if (await isPublished(atHead, commitment)) return undefined;
  try {
    return await act();
  } catch (error) {
    // Somebody else submitted the same epoch between our look and our transaction, perhaps so
    // recently that it is not mined yet.
    const isKnown =
      error instanceof CanbaoError &&
      (error.facts.error === 'RootAlreadyPublished' || isSameTransaction(error));
    if (isKnown || (await isPublished(atHead, commitment))) return undefined;
    throw error;
  }
}

function send(
  { chain, address }: RegistryContract,
  submitter: Account,
  commitment: EpochCommitment,
  signatures: readonly CommitmentSignature[],
): Promise<Hex> {
  return withChainErrors(chain.url, async () => {
    const { request } = await chain.reader.simulateContract({
      account: submitter,
      address,
      abi,
      functionName: 'publish',
      args: [
        { ...commitment, accounts: BigInt(commitment.accounts) },
        orderedSignatures(signatures),
      ],
    });
    return walletOn(chain, submitter).writeContract(request);
  });
}

/** Waits until a published epoch is as deep as `registry` asks. @throws chain.not_confirmed */
async function untilSettled(
  registry: RegistryContract,
  commitment: EpochCommitment,
): Promise<void> {
  const deadline = Date.now() + WAIT_SECONDS * 1000;
  while (!(await isPublished(registry, commitment))) {
    if (Date.now() > deadline) {
      const what = `epoch root ${commitment.epochRoot}`;
      throw new CanbaoError('chain.not_confirmed', { what, seconds: WAIT_SECONDS });
    }
    await setTimeout(registry.chain.reader.pollingInterval);
  }
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

/** The node holds this very transaction already: another process sent it from the same account. */
function isSameTransaction({ code, facts }: CanbaoError): boolean {
  return code === 'chain.rpc_failed' && /already (imported|known)/i.test(String(facts.reason));
}
