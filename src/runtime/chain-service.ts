import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { type Account, type Address, getAddress } from 'viem';
import { z } from 'zod';
import { connectChain } from '../chain/connection.ts';
import { deployContracts } from '../chain/deploy.ts';
import { embeddedAccount, startEmbeddedNode } from '../chain/embedded-node.ts';
import { epochsFromChain } from '../chain/epochs-port.ts';
import type { RegistryContract } from '../chain/registry.ts';
import { isNullifierSpent, type StatementVerifierContract } from '../chain/statement-verifier.ts';
import type { Deployment } from '../chain/types.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { verificationKeyHash, verificationKeyWords } from '../groth16/verification-key.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { RequestDomain } from '../request/presentation-request.ts';
import type { StatementRegistry } from '../statements/registry-port.ts';
import type { EpochsPort } from '../verify/ports.ts';
import { DEFAULT_MAX_STALENESS_SECONDS } from '../verify/verify-presentation.ts';

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text): Address => getAddress(text));

const deploymentSchema = z.strictObject({
  format: z.literal('canbao/deployment@1'),
  chainId: z.int().positive(),
  registry: address,
  statementVerifier: address,
  verifiers: z.record(z.string(), address),
  /** vkeyHash by statement: a changed key needs verifiers of its own. */
  keys: z.record(z.string(), z.string()),
});

type DeploymentFile = z.output<typeof deploymentSchema>;

/** The contracts of this installation, reached over a connection. */
export interface ChainService {
  readonly registry: RegistryContract;
  readonly verifier: StatementVerifierContract;
  readonly deployment: Deployment;
  /** What requests of this installation are bound to. */
  readonly domain: RequestDomain;
  /** Looks epoch roots up in the registry. */
  readonly epochs: EpochsPort;
  /** Whether the chain is the development node this process started. */
  readonly isEmbedded: boolean;
  /** A funded account of the embedded chain, by index. @throws chain.no_account on another chain */
  account(index: number): Account;
  isSpent(nullifier: bigint): Promise<boolean>;
  /** Writes an embedded chain to disk; another chain sees to that itself. */
  persist(): Promise<void>;
  close(): Promise<void>;
}

export interface ChainServiceOptions {
  /** JSON-RPC of an existing chain; without it the embedded node is started. */
  readonly rpcUrl?: string | undefined;
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
 * Connects, or starts the embedded chain, and deploys what is not there yet: the registry once, the
 * verifiers anew whenever a verification key changed.
 * @throws chain.unreachable, chain.no_deployment, cli.bad_file
 */
export async function openChainService(options: ChainServiceOptions): Promise<ChainService> {
  const node = options.rpcUrl
    ? undefined
    : await startEmbeddedNode({ stateFile: options.stateFile });
  try {
    const chain = await connectChain(options.rpcUrl ?? node?.url ?? '', { pollingInterval: 100 });
    const account = (index: number): Account => {
      if (!node) throw new CanbaoError('chain.no_account', { url: chain.url });
      return embeddedAccount(index);
    };
    const deployment = await ensureDeployment(options, async (registry) => {
      const statements = await verificationWords(options);
      const made = await deployContracts(chain, account(0), {
        authorities: options.authorities,
        quorum: options.quorum,
        maxStaleness: DEFAULT_MAX_STALENESS_SECONDS,
        statements,
        ...(registry && { registry }),
      });
      // On disk before anything names its contracts.
      await node?.save();
      return made;
    });
    if (deployment.chainId !== chain.chainId) {
      throw new CanbaoError('chain.wrong_network', {
        url: chain.url,
        expected: deployment.chainId,
        actual: chain.chainId,
      });
    }
    const registry = { chain, address: deployment.registry };
    const verifier = { chain, address: deployment.statementVerifier };
    return {
      registry,
      verifier,
      deployment,
      domain: {
        chainId: deployment.chainId,
        verifyingContract: deployment.registry.toLowerCase() as Address,
      },
      epochs: epochsFromChain(registry),
      isEmbedded: node !== undefined,
      account,
      isSpent: (nullifier) => isNullifierSpent(verifier, nullifier),
      persist: async () => node?.save(),
      close: async () => node?.close(),
    };
  } catch (error) {
    await node?.close();
    throw error;
  }
}

async function ensureDeployment(
  options: ChainServiceOptions,
  deploy: (registry?: Address) => Promise<Deployment>,
): Promise<Deployment> {
  const known = await readDeployment(options.deploymentFile);
  const keys = await keyHashes(options);
  const isSame =
    known !== undefined && Object.entries(keys).every(([name, hash]) => known.keys[name] === hash);
  if (known && isSame) return known;
  const made = await deploy(known?.registry);
  const file = { format: 'canbao/deployment@1', ...made, keys };
  const scratch = `${options.deploymentFile}.new`;
  await writeFile(scratch, `${JSON.stringify(file, null, 2)}\n`);
  await rename(scratch, options.deploymentFile);
  return made;
}

async function readDeployment(path: string): Promise<DeploymentFile | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return deploymentSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new CanbaoError('cli.bad_file', { path, reason: 'not a deployment file' }, cause);
  }
}

async function keyHashes({
  statements,
  keys,
}: ChainServiceOptions): Promise<Record<string, string>> {
  const entries = statements.all().map(async ({ name }) => {
    const { verificationKey } = await keys.get(name);
    return [name, verificationKeyHash(verificationKey)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function verificationWords({
  statements,
  keys,
}: ChainServiceOptions): Promise<Record<string, readonly bigint[]>> {
  const entries = statements.all().map(async ({ name }) => {
    const { verificationKey } = await keys.get(name);
    return [name, verificationKeyWords(verificationKey)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
