import type { Address, LocalAccount } from 'viem';
import type { BenefitClaimsContract } from '../chain/benefit-claims.ts';
import { withChainErrors } from '../chain/chain-errors.ts';
import type { ClaimRule } from '../chain/claim-rules.ts';
import type { ChainConnection } from '../chain/connection.ts';
import { deployBenefitClaims, deployTenderRoster } from '../chain/deploy.ts';
import type { TenderRosterContract } from '../chain/tender-roster.ts';
import type { DeploymentFile } from './deployment-file.ts';

/** Contracts that act on presentations. */
export interface ActingContracts {
  readonly benefitClaims: BenefitClaimsContract;
  readonly tenderRoster: TenderRosterContract;
  /** They were not there before this block. */
  readonly fromBlock: bigint;
}

type Kept = NonNullable<DeploymentFile['acting']>;

/** Those a deployment file names. */
export function keptActing(
  chain: ChainConnection,
  confirmations: number,
  { benefitClaims, tenderRoster, fromBlock }: Kept,
): ActingContracts {
  return {
    benefitClaims: { chain, address: benefitClaims, confirmations },
    tenderRoster: { chain, address: tenderRoster, confirmations },
    fromBlock: BigInt(fromBlock),
  };
}

/** Deploys them. @throws chain.reverted with the contract's error, chain.unreachable */
export async function deployActing(
  chain: ChainConnection,
  deployer: LocalAccount,
  {
    statementVerifier,
    rules,
    confirmations,
  }: {
    readonly statementVerifier: Address;
    readonly rules: readonly ClaimRule[];
    readonly confirmations: number;
  },
): Promise<Kept> {
  const before = await withChainErrors(chain.url, () => chain.reader.getBlockNumber());
  const shared = [chain, deployer, statementVerifier] as const;
  return {
    statementVerifier,
    benefitClaims: await deployBenefitClaims(...shared, rules, confirmations),
    tenderRoster: await deployTenderRoster(...shared, confirmations),
    fromBlock: Number(before),
  };
}
