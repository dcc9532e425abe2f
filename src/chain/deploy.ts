import {
  type Abi,
  type Address,
  encodeDeployData,
  encodePacked,
  type Hex,
  keccak256,
  type LocalAccount,
} from 'viem';
import { statementId } from '../request/request-hash.ts';
import { benefitClaimsAbi, benefitClaimsBytecode } from './artifacts/BenefitClaims.generated.ts';
import { epochRegistryAbi, epochRegistryBytecode } from './artifacts/EpochRegistry.generated.ts';
import {
  groth16VerifierAbi,
  groth16VerifierBytecode,
} from './artifacts/Groth16Verifier.generated.ts';
import {
  statementVerifierAbi,
  statementVerifierBytecode,
} from './artifacts/StatementVerifier.generated.ts';
import { tenderRosterAbi, tenderRosterBytecode } from './artifacts/TenderRoster.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ClaimRule } from './claim-rules.ts';
import type { ChainConnection } from './connection.ts';
import { sendTransaction } from './send-transaction.ts';
import { confirmed, createdAddress } from './transactions.ts';
import type { Deployment } from './types.ts';

export interface DeployOptions {
  /** Distinct addresses; a quorum of them can change them later. */
  readonly authorities: readonly Address[];
  /** How many of them must sign an epoch. */
  readonly quorum: number;
  /** Seconds a superseded root still counts. */
  readonly maxStaleness: number;
  /** Seconds a statement's registration or resumption waits; default two days. */
  readonly changeDelay?: number;
  /**
   * Statements by name (`coverage@1`) with the words of their verification keys, `bigint[26]`:
   * alpha (x, y); beta, gamma, delta (x.c1, x.c0, y.c1, y.c0); IC[0..5] (x, y).
   */
  readonly statements: Readonly<Record<string, readonly bigint[]>>;
  /** A registry that is there already: only verifiers are deployed, bound to it. */
  readonly registry?: Address;
  /** Blocks to wait for after each contract; default 1. */
  readonly confirmations?: number;
}

/** Time for people to see what was lodged, and to object. */
export const DEFAULT_CHANGE_DELAY_SECONDS = 2 * 86_400;

/**
 * Deploys an epoch registry, a Groth16 verifier for each statement, and the statement verifier
 * that binds them.
 * @throws chain.reverted with the contract's error (an unsafe key, a wrong quorum), chain.unreachable
 */
export async function deployContracts(
  chain: ChainConnection,
  deployer: LocalAccount,
  options: DeployOptions,
): Promise<Deployment> {
  const deploy = deployerOf(chain, deployer, options.confirmations);
  const registry = options.registry ?? (await deployRegistry(chain, deployer, options));
  const verifiers: Record<string, Address> = {};
  for (const [name, key] of Object.entries(options.statements)) {
    verifiers[name] = await deploy(groth16VerifierAbi, groth16VerifierBytecode, [key]);
  }
  const statementVerifier = await deploy(statementVerifierAbi, statementVerifierBytecode, [
    registry,
    BigInt(options.maxStaleness),
    options.changeDelay ?? DEFAULT_CHANGE_DELAY_SECONDS,
    Object.entries(options.statements).map(([name, key]) => ({
      statement: statementId(name),
      verifier: verifiers[name],
      vkeyHash: keyHash(key),
    })),
  ]);
  return { chainId: chain.chainId, registry, statementVerifier, verifiers };
}

/**
 * Deploys an epoch registry alone: what a ledger needs to publish its epochs.
 * @throws chain.reverted with the contract's error (a wrong quorum), chain.unreachable
 */
export function deployRegistry(
  chain: ChainConnection,
  deployer: LocalAccount,
  {
    authorities,
    quorum,
    confirmations,
  }: Pick<DeployOptions, 'authorities' | 'quorum' | 'confirmations'>,
): Promise<Address> {
  const deploy = deployerOf(chain, deployer, confirmations);
  return deploy(epochRegistryAbi, epochRegistryBytecode, [authorities, BigInt(quorum)]);
}

/**
 * Deploys benefit claims, bound to a statement verifier.
 * @param rules there from the beginning; a quorum adds others later
 * @throws chain.reverted with the contract's error (InvalidRule), chain.unreachable
 */
export function deployBenefitClaims(
  chain: ChainConnection,
  deployer: LocalAccount,
  statementVerifier: Address,
  rules: readonly ClaimRule[],
  confirmations?: number,
): Promise<Address> {
  const deploy = deployerOf(chain, deployer, confirmations);
  return deploy(benefitClaimsAbi, benefitClaimsBytecode, [statementVerifier, rules]);
}

/** Deploys tender rosters, bound to a statement verifier. @throws chain.unreachable */
export function deployTenderRoster(
  chain: ChainConnection,
  deployer: LocalAccount,
  statementVerifier: Address,
  confirmations?: number,
): Promise<Address> {
  const deploy = deployerOf(chain, deployer, confirmations);
  return deploy(tenderRosterAbi, tenderRosterBytecode, [statementVerifier]);
}

function deployerOf(chain: ChainConnection, deployer: LocalAccount, confirmations = 1) {
  return async (abi: Abi, bytecode: Hex, args: readonly unknown[]): Promise<Address> => {
    const data = await withChainErrors(chain.url, async () =>
      encodeDeployData({ abi, bytecode, args }),
    );
    return deployContract(chain, deployer, data, confirmations);
  };
}

/** `keccak256(abi.encode(words))`: what `Groth16Verifier.vkeyHash` returns. */
function keyHash(words: readonly bigint[]): Hex {
  return keccak256(encodePacked(['uint256[]'], [words]));
}

/**
 * Deploys creation code with its arguments appended.
 * @throws chain.reverted with the constructor's error, chain.not_confirmed, chain.unreachable
 */
export async function deployContract(
  chain: ChainConnection,
  deployer: LocalAccount,
  data: Hex,
  confirmations: number,
): Promise<Address> {
  // A call first: unlike an estimate, its failure carries what the constructor reverted with.
  await withChainErrors(chain.url, () => chain.reader.call({ account: deployer, data }));
  const hash = await sendTransaction(chain, deployer, { data });
  return createdAddress(await confirmed(chain, hash, confirmations));
}
