import { setTimeout } from 'node:timers/promises';
import { createTestClient, type Hex, http, type LocalAccount } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { epochRegistryAbi } from '../../src/chain/artifacts/EpochRegistry.generated.ts';
import { withChainErrors } from '../../src/chain/chain-errors.ts';
import { type ChainConnection, connectChain } from '../../src/chain/connection.ts';
import { type DeployOptions, deployContracts } from '../../src/chain/deploy.ts';
import {
  type EmbeddedNode,
  embeddedAccount,
  startEmbeddedNode,
} from '../../src/chain/embedded-node.ts';
import { signCommitment } from '../../src/chain/epoch-commitment.ts';
import { publishEpoch } from '../../src/chain/publish-epoch.ts';
import type { RegistryContract } from '../../src/chain/registry.ts';
import type { Deployment, EpochCommitment } from '../../src/chain/types.ts';
import { toEpochRoot } from '../../src/core/brands.ts';
import { toFr } from '../../src/core/field.ts';
import { toMonthIndex } from '../../src/core/month.ts';

/** A chain of its own for one test file, with its clock in the test's hands. */
export interface TestChain extends AsyncDisposable {
  readonly node: EmbeddedNode;
  readonly chain: ChainConnection;
  readonly payer: LocalAccount;
  /** Unix seconds of the head. */
  now(): Promise<number>;
  /** Mines a block that many seconds after the head. */
  pass(seconds: number): Promise<void>;
  /** Mines nothing while `act` runs, then everything it sent in one block. */
  inOneBlock<T>(act: () => Promise<T>): Promise<T>;
  /** Waits until that many transactions are waiting to be mined. */
  pending(count: number): Promise<void>;
}

export async function startTestChain(): Promise<TestChain> {
  const node = await startEmbeddedNode();
  const chain = await connectChain(node.url, { chainId: node.chainId, pollingInterval: 10 });
  const clock = createTestClient({ mode: 'anvil', transport: http(node.url) });
  return {
    node,
    chain,
    payer: embeddedAccount(0),
    now: async () => Number((await chain.reader.getBlock()).timestamp),
    async pass(seconds) {
      // By the head and not by the wall clock, which may tick in between.
      const { timestamp } = await chain.reader.getBlock();
      await clock.setNextBlockTimestamp({ timestamp: timestamp + BigInt(seconds) });
      await clock.mine({ blocks: 1 });
    },
    async inOneBlock(act) {
      await clock.setAutomine(false);
      try {
        const result = await act();
        await clock.mine({ blocks: 1 });
        return result;
      } finally {
        await clock.setAutomine(true);
      }
    },
    async pending(count) {
      while ((await clock.getTxpoolStatus()).pending < count) await setTimeout(5);
    },
    [Symbol.asyncDispose]: () => node.close(),
  };
}

/** Accounts with fixed keys, ascending by address as the registry wants their signatures. */
export const testAuthorities: readonly LocalAccount[] = [11n, 12n, 13n]
  .map((key) => privateKeyToAccount(`0x${key.toString(16).padStart(64, '0')}`))
  .sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));

/** All contracts, governed by {@link testAuthorities}, two of whom must sign; roots count for a day. */
export function deployTestContracts(
  chain: ChainConnection,
  deployer: LocalAccount,
  options: Pick<DeployOptions, 'statements'> & Partial<DeployOptions>,
): Promise<Deployment> {
  return deployContracts(chain, deployer, {
    authorities: testAuthorities.map(({ address }) => address),
    ...{ quorum: 2, maxStaleness: 86_400 },
    ...options,
  });
}

/** A commitment with defaults: a first month. */
export function commitment(fields: {
  month?: number;
  revision?: number;
  root: bigint;
  previous?: bigint;
  accounts?: number;
}): EpochCommitment {
  return {
    month: toMonthIndex(fields.month ?? 1500),
    revision: fields.revision ?? 0,
    epochRoot: toEpochRoot(fields.root),
    previousRoot: toFr(fields.previous ?? 0n),
    accounts: fields.accounts ?? 1000,
  };
}

/** Signs with each of `signers` for the registry, in the order given. */
export function signatures(
  { chain, address }: RegistryContract,
  value: EpochCommitment,
  signers: readonly LocalAccount[] = testAuthorities,
) {
  const domain = { chainId: chain.chainId, registry: address };
  return Promise.all(signers.map((signer) => signCommitment(domain, signer, value)));
}

/** Signs with every authority and publishes. */
export async function publish(
  registry: RegistryContract,
  payer: LocalAccount,
  value: EpochCommitment,
): Promise<void> {
  await publishEpoch(registry, payer, value, await signatures(registry, value));
}

/** Calls `publish` with exactly these values, in range or not, in this order. Sends nothing. */
export async function tryPublish(
  { chain, address }: RegistryContract,
  value: Omit<EpochCommitment, 'epochRoot' | 'month'> & { epochRoot: bigint; month: number },
  signed: readonly Hex[],
): Promise<void> {
  await withChainErrors(chain.url, () =>
    chain.reader.simulateContract({
      address,
      abi: epochRegistryAbi,
      functionName: 'publish',
      args: [{ ...value, accounts: BigInt(value.accounts) }, [...signed]],
    }),
  );
}

/** What a promise is expected to reject with when a contract reverts with a custom error. */
export function revertedWith(error: string) {
  return { code: 'chain.reverted', facts: { error } };
}
