import type { Address, Hex } from 'viem';
import { type EpochRoot, toEpochRoot } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { toMonthIndex } from '../core/month.ts';
import type { EpochStatus } from '../verify/verdict.ts';
import { epochRegistryAbi as abi } from './artifacts/EpochRegistry.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ChainConnection } from './connection.ts';
import { settledBlock } from './transactions.ts';
import type { PublishedEpoch } from './types.ts';

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

/** The authorities of a registry as they are. */
export interface RegistryAuthorities {
  readonly authorities: readonly Address[];
  /** How many of them must sign. */
  readonly quorum: number;
  /** Digest of the change that made them so; 32 zero bytes where none did. */
  readonly lastChange: Hex;
}

/** Who signs, and how many must. @throws as {@link epochOfRoot} */
export async function registryAuthorities(
  registry: RegistryContract,
): Promise<RegistryAuthorities> {
  const { reader } = registry.chain;
  return read(registry, async (at) => {
    const [authorities, quorum, lastChange] = await Promise.all([
      reader.readContract({ ...at, abi, functionName: 'authorities' }),
      reader.readContract({ ...at, abi, functionName: 'quorum' }),
      reader.readContract({ ...at, abi, functionName: 'lastChange' }),
    ]);
    return { authorities, quorum: Number(quorum), lastChange };
  });
}

/** Whether an address, in whatever case, is one of an authority. */
export function isAuthority(authorities: readonly string[], address: string): boolean {
  return authorities.some((one) => one.toLowerCase() === address.toLowerCase());
}

/** @throws authority.not_authority */
export function expectAuthority(authorities: readonly string[], address: string): void {
  if (!isAuthority(authorities, address)) {
    throw new CanbaoError('authority.not_authority', { address });
  }
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
