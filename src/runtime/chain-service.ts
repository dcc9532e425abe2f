import type { Address, LocalAccount } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { ClaimRule } from '../chain/claim-rules.ts';
import { type ChainConnection, connectChain } from '../chain/connection.ts';
import { deployContracts } from '../chain/deploy.ts';
import { type EmbeddedNode, embeddedAccount, startEmbeddedNode } from '../chain/embedded-node.ts';
import { epochsFromChain } from '../chain/epochs-port.ts';
import type { RegistryContract } from '../chain/registry.ts';
import { isNullifierSpent, type StatementVerifierContract } from '../chain/statement-verifier.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { verificationKeyHash, verificationKeyWords } from '../groth16/verification-key.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { RequestDomain } from '../request/presentation-request.ts';
import type { StatementRegistry } from '../statements/registry-port.ts';
import type { EpochsPort } from '../verify/ports.ts';
import { DEFAULT_MAX_STALENESS_SECONDS } from '../verify/verify-presentation.ts';
import { type ActingContracts, deployActing, keptActing } from './acting-contracts.ts';
import { type DeploymentFile, writeDeployment } from './deployment-file.ts';
import { findDeployment } from './find-deployment.ts';
import type { NetworkSettings } from './network-settings.ts';

/** The contracts of this installation, reached over a connection. */
export interface ChainService {
  readonly registry: RegistryContract;
  /** What requests of this installation are bound to. */
  readonly domain: RequestDomain;
  /** Looks epoch roots up in the registry. */
  readonly epochs: EpochsPort;
  /** Whether the chain is the development node this process started. */
  readonly isEmbedded: boolean;
  /**
   * The contract that checks presentations. Needs every verification key: those of the statements
   * are deployed at first use, and anew whenever a key changed.
   */
  verifier(): Promise<StatementVerifierContract>;
  /** Its address, once it is deployed. */
  deployedVerifier(): Address | undefined;
  /** Benefit claims and tender rosters, once they are deployed. */
  acting(): ActingContracts | undefined;
  /** Deploys them where none ask the present verifier. @param rules of the claims */
  deployActing(rules: readonly ClaimRule[]): Promise<ActingContracts>;
  /** The registry was not there before this block. */
  readonly fromBlock: bigint;
  /** Deploys and publishes. @throws chain.no_account where another chain is used and no key is set */
  submitter(): LocalAccount;
  /** A funded account of the embedded chain, by index. @throws chain.no_account on another chain */
  account(index: number): LocalAccount;
  isSpent(nullifier: bigint): Promise<boolean>;
  /** Writes an embedded chain to disk; another chain sees to that itself. */
  persist(): Promise<void>;
  close(): Promise<void>;
}

export interface ChainServiceOptions {
  /** JSON-RPC of an existing chain; without it the embedded node is started. */
  readonly rpcUrl?: string | undefined;
  /** Of an existing chain; the embedded one has its own ways. */
  readonly network?: NetworkSettings | undefined;
  /** State of the embedded node. */
  readonly stateFile: string;
  /** Where the addresses of the contracts are kept. */
  readonly deploymentFile: string;
  /** Addresses of the authorities a new registry is given, and how many must sign. */
  readonly authorities: readonly Address[];
  readonly quorum: number;
  readonly statements: StatementRegistry;
  readonly keys: KeyStore;
}

/**
 * Connects, or starts the embedded chain, and deploys the registry where there is none.
 * @throws chain.unreachable, chain.wrong_network, chain.no_account, chain.other_registry, cli.bad_file
 */
export async function openChainService(options: ChainServiceOptions): Promise<ChainService> {
  const { rpcUrl, stateFile, network } = options;
  const node = rpcUrl ? undefined : await startEmbeddedNode({ stateFile });
  try {
    const chain = node
      ? await connectChain(node.url, { pollingInterval: 100 })
      : await connectChain(rpcUrl ?? '', network);
    return await serve(options, chain, node);
  } catch (error) {
    await node?.close();
    throw error;
  }
}

async function serve(
  options: ChainServiceOptions,
  chain: ChainConnection,
  node: EmbeddedNode | undefined,
): Promise<ChainService> {
  // Blocks of the embedded chain are mined one a transaction, and none is ever taken back.
  const { confirmations = 1, submitterKey, registry: given } = node ? {} : (options.network ?? {});
  const noAccount = () => new CanbaoError('chain.no_account', { url: chain.url });
  const account = (index: number): LocalAccount => {
    if (!node) throw noAccount();
    return embeddedAccount(index);
  };
  const paying = (embeddedIndex: number): LocalAccount => {
    if (node) return embeddedAccount(embeddedIndex);
    if (!submitterKey) throw noAccount();
    return privateKeyToAccount(submitterKey);
  };
  const keep = async (deployment: DeploymentFile): Promise<DeploymentFile> => {
    await node?.save(); // on disk before anything names its contracts
    await writeDeployment(options.deploymentFile, deployment);
    return deployment;
  };
  const { deploymentFile, authorities, quorum } = options;
  let deployment = await findDeployment(chain, {
    ...{ deploymentFile, authorities, quorum, confirmations, given, keep },
    deployer: () => paying(0),
  });

  let verifying: Promise<StatementVerifierContract> | undefined;
  const deployVerifier = async (): Promise<StatementVerifierContract> => {
    const keys = await verificationKeys(options);
    const known = deployment.statements;
    if (known && Object.entries(keys).every(([name, { hash }]) => known.keys[name] === hash)) {
      return { chain, address: known.statementVerifier };
    }
    const { statementVerifier, verifiers } = await deployContracts(chain, paying(0), {
      ...options,
      confirmations,
      maxStaleness: DEFAULT_MAX_STALENESS_SECONDS,
      statements: mapValues(keys, ({ words }) => words),
      registry: deployment.registry,
    });
    const statements = { statementVerifier, verifiers, keys: mapValues(keys, ({ hash }) => hash) };
    deployment = await keep({ ...deployment, statements });
    return { chain, address: statementVerifier };
  };
  const verifier = () => {
    verifying ??= deployVerifier();
    return verifying;
  };

  const acting = () => deployment.acting && keptActing(chain, confirmations, deployment.acting);
  const deployActingOnce = async (rules: readonly ClaimRule[]): Promise<ActingContracts> => {
    const { address: statementVerifier } = await verifier();
    const known = deployment.acting;
    if (known?.statementVerifier === statementVerifier)
      return keptActing(chain, confirmations, known);
    const options = { statementVerifier, rules, confirmations };
    const made = await deployActing(chain, paying(0), options);
    deployment = await keep({ ...deployment, acting: made });
    return keptActing(chain, confirmations, made);
  };

  const registry = { chain, address: deployment.registry, confirmations };
  return {
    registry,
    domain: { chainId: deployment.chainId, verifyingContract: deployment.registry },
    epochs: epochsFromChain(registry),
    isEmbedded: node !== undefined,
    fromBlock: BigInt(deployment.fromBlock ?? 0),
    submitter: () => paying(1),
    verifier,
    deployedVerifier: () => deployment.statements?.statementVerifier,
    acting,
    deployActing: deployActingOnce,
    account,
    isSpent: async (nullifier) => isNullifierSpent(await verifier(), nullifier),
    persist: async () => node?.save(),
    close: async () => node?.close(),
  };
}

interface ContractKey {
  readonly hash: string;
  readonly words: readonly bigint[];
}

async function verificationKeys({
  statements,
  keys,
}: ChainServiceOptions): Promise<Record<string, ContractKey>> {
  const entries: [string, ContractKey][] = [];
  for (const { name } of statements.all()) {
    const { verificationKey: key } = await keys.get(name);
    entries.push([name, { hash: verificationKeyHash(key), words: verificationKeyWords(key) }]);
  }
  return Object.fromEntries(entries);
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
