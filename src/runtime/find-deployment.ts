import type { Address, LocalAccount } from 'viem';
import { withChainErrors } from '../chain/chain-errors.ts';
import type { ChainConnection } from '../chain/connection.ts';
import { deployRegistry } from '../chain/deploy.ts';
import { registryAuthorities } from '../chain/registry.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type DeploymentFile, readDeployment } from './deployment-file.ts';

export interface FindOptions {
  readonly deploymentFile: string;
  /** A registry that is there already. */
  readonly given: Address | undefined;
  /** Pays where one has to be deployed. */
  readonly deployer: () => LocalAccount;
  readonly authorities: readonly Address[];
  readonly quorum: number;
  readonly confirmations: number;
  /** Keeps a deployment that is new. */
  readonly keep: (deployment: DeploymentFile) => Promise<DeploymentFile>;
}

/**
 * The contracts of an installation: those its file names, else a registry that is given, else one
 * deployed now.
 * @throws chain.wrong_network, chain.other_registry, chain.no_contract, chain.no_account, cli.bad_file
 */
export async function findDeployment(
  chain: ChainConnection,
  options: FindOptions,
): Promise<DeploymentFile> {
  const { deploymentFile, given, keep } = options;
  const known = await readDeployment(deploymentFile);
  const deployment = known ?? (await keep(await newDeployment(chain, options)));
  if (deployment.chainId !== chain.chainId) {
    const { chainId: expected } = deployment;
    throw new CanbaoError('chain.wrong_network', {
      ...{ url: chain.url, expected, actual: chain.chainId },
    });
  }
  if (given && deployment.registry !== given) {
    throw new CanbaoError('chain.other_registry', { known: deployment.registry, given });
  }
  return deployment;
}

async function newDeployment(
  chain: ChainConnection,
  { given, deployer, authorities, quorum, confirmations }: FindOptions,
): Promise<DeploymentFile> {
  const { chainId } = chain;
  if (given) {
    await registryAuthorities({ chain, address: given }); // that it is one
    return { chainId, registry: given };
  }
  const account = deployer();
  const before = await withChainErrors(chain.url, () => chain.reader.getBlockNumber());
  const options = { authorities, quorum, confirmations };
  const registry = await deployRegistry(chain, account, options);
  return { chainId, registry, fromBlock: Number(before) };
}
