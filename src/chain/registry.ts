import { setTimeout } from 'node:timers/promises';
import type { Account, Address, Hex } from 'viem';
import { type EpochRoot, toEpochRoot } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { toMonthIndex } from '../core/month.ts';
import type { EpochStatus } from '../verify/verdict.ts';
import { epochRegistryAbi as abi } from './artifacts/EpochRegistry.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import { type ChainConnection, walletOn } from './connection.ts';
import { orderedSignatures } from './epoch-commitment.ts';
import { confirmed, settledBlock, WAIT_SECONDS } from './transactions.ts';
import type { CommitmentSignature, EpochCommitment, PublishedEpoch } from './types.ts';

/** An epoch registry and how deep in the chain its word counts. */
export interface RegistryContract {
  readonly chain: ChainConnection;
  readonly address: Address;
  /** Blocks, the transaction's own included, until a root counts; default 1. */
  readonly confirmations?: number;
}

/** An epoch as the contract returns it. */
interface EpochRow {
  readonly month: number;
  readonly revision: number;
  readonly publishedAt: number;
  readonly supersededAt: number;
  readonly correctedAt: number;
  readonly accounts: bigint;
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
): Promise<Hex | undefined> {
  const atHead = { ...registry, confirmations: 1 };
  if (!(await isPublished(atHead, commitment))) {
    try {
      return await submit(registry, submitter, commitment, signatures);
    } catch (error) {
      // Somebody else submitted the same epoch between our look and our transaction, perhaps so
      // recently that it is not mined yet.
      const isKnown = error instanceof CanbaoError && error.facts.error === 'RootAlreadyPublished';
      if (!isKnown && !(await isPublished(atHead, commitment))) throw error;
    }
  }
  await untilSettled(registry, commitment);
  return undefined;
}

async function submit(
  { chain, address, confirmations = 1 }: RegistryContract,
  submitter: Account,
  commitment: EpochCommitment,
  signatures: readonly CommitmentSignature[],
): Promise<Hex> {
  const hash = await withChainErrors(chain.url, async () => {
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
  await confirmed(chain, hash, confirmations);
  return hash;
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

/**
 * What the chain knows of a root; undefined if it was never published, or is not deep enough yet.
 * @throws chain.unreachable, chain.rpc_failed, chain.no_contract
 */
export async function epochOfRoot(
  registry: RegistryContract,
  root: EpochRoot,
): Promise<EpochStatus | undefined> {
  const row = await read(registry, (at) =>
    registry.chain.reader.readContract({
      ...at,
      abi,
      functionName: 'epochOf',
      args: [root],
    }),
  );
  return row.publishedAt === 0 ? undefined : toStatus(row);
}

/** The root that is current, undefined before the first. @throws as {@link epochOfRoot} */
export async function latestEpoch(registry: RegistryContract): Promise<PublishedEpoch | undefined> {
  const [root, row] = await read(registry, (at) =>
    registry.chain.reader.readContract({ ...at, abi, functionName: 'latest' }),
  );
  return root === 0n ? undefined : toPublished(root, row);
}

/** Every root ever published, in order: the last one is the next `previousRoot`. @throws as {@link epochOfRoot} */
export async function allEpochs(registry: RegistryContract): Promise<PublishedEpoch[]> {
  const { reader } = registry.chain;
  const rows = await read(registry, async (at) => {
    const count = await reader.readContract({ ...at, abi, functionName: 'epochCount' });
    return Promise.all(
      Array.from({ length: Number(count) }, (_, i) =>
        reader.readContract({ ...at, abi, functionName: 'epochAt', args: [BigInt(i)] }),
      ),
    );
  });
  return rows.map(([root, row]) => toPublished(root, row));
}

/** Who signs, and how many must. @throws as {@link epochOfRoot} */
export async function registryAuthorities(
  registry: RegistryContract,
): Promise<{ authorities: readonly Address[]; quorum: number }> {
  const { reader } = registry.chain;
  return read(registry, async (at) => {
    const [authorities, quorum] = await Promise.all([
      reader.readContract({ ...at, abi, functionName: 'authorities' }),
      reader.readContract({ ...at, abi, functionName: 'quorum' }),
    ]);
    return { authorities, quorum: Number(quorum) };
  });
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

/** Reads at the last block that counts. */
async function read<T>(
  { chain, address, confirmations = 1 }: RegistryContract,
  calls: (at: { address: Address; blockNumber?: bigint }) => Promise<T>,
): Promise<T> {
  const blockNumber = await settledBlock(chain, confirmations);
  return withChainErrors(chain.url, () =>
    calls({ address, ...(blockNumber === undefined ? {} : { blockNumber }) }),
  );
}

function toStatus(row: EpochRow): EpochStatus {
  return {
    month: toMonthIndex(row.month),
    revision: row.revision,
    publishedAt: row.publishedAt,
    ...(row.supersededAt === 0 ? {} : { supersededAt: row.supersededAt }),
    ...(row.correctedAt === 0 ? {} : { correctedAt: row.correctedAt }),
  };
}

function toPublished(root: bigint, row: EpochRow): PublishedEpoch {
  const accounts = Number(row.accounts);
  if (!Number.isSafeInteger(accounts)) {
    throw new CanbaoError('core.out_of_range', {
      what: 'accounts',
      value: row.accounts,
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
    });
  }
  return { ...toStatus(row), root: toEpochRoot(root), accounts };
}
