import type { Address, Hex, LocalAccount } from 'viem';
import { benefitClaimsAbi as abi } from './artifacts/BenefitClaims.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ClaimRule, ClaimRuleChange } from './claim-rules.ts';
import type { ChainConnection } from './connection.ts';
import type { ContractPresentation } from './contract-presentation.ts';
import { sendCall } from './send-call.ts';
import { orderedSignatures } from './typed-signature.ts';
import type { CommitmentSignature } from './types.ts';

/** Benefit claims on a chain, and how deep in it a claim counts. */
export interface BenefitClaimsContract {
  readonly chain: ChainConnection;
  readonly address: Address;
  /** Blocks, the transaction's own included, until a claim counts; default 1. */
  readonly confirmations?: number;
}

/**
 * Hands in a claim; anyone may, for the holder.
 * @param rule counted from 0
 * @param deliverTo what the presentation's nonce binds: see `claimNonce`
 * @throws chain.rejected with the verdict, chain.reverted with the contract's error,
 * chain.not_confirmed, chain.unreachable, chain.bad_value
 */
export async function registerClaim(
  contract: BenefitClaimsContract,
  payer: LocalAccount,
  {
    rule,
    deliverTo,
    presentation,
  }: {
    readonly rule: number;
    readonly deliverTo: Hex;
    readonly presentation: ContractPresentation;
  },
): Promise<Hex> {
  const call = { abi, functionName: 'claim', args: [BigInt(rule), deliverTo, presentation] };
  return (await sendCall(contract, payer, call, contract.confirmations)).transactionHash;
}

/**
 * Submits what a quorum signed of the rules; anyone may.
 * @throws chain.reverted with the contract's error, chain.not_confirmed, chain.unreachable
 */
export async function submitClaimRuleChange(
  contract: BenefitClaimsContract,
  payer: LocalAccount,
  change: ClaimRuleChange,
  signatures: readonly CommitmentSignature[],
): Promise<Hex> {
  const signed = orderedSignatures(signatures);
  const { previousChange } = change;
  const call =
    'add' in change
      ? { abi, functionName: 'addRule', args: [change.add, previousChange, signed] }
      : { abi, functionName: 'closeRule', args: [BigInt(change.close), previousChange, signed] };
  return (await sendCall(contract, payer, call, contract.confirmations)).transactionHash;
}

/** The digest the next change of rules names. @throws chain.unreachable, chain.rpc_failed, chain.no_contract */
export function lastClaimRuleChange({ chain, address }: BenefitClaimsContract): Promise<Hex> {
  return withChainErrors(chain.url, () =>
    chain.reader.readContract({ address, abi, functionName: 'lastRuleChange' }),
  );
}

/** The rules, those that are closed among them, by their numbers. @throws as {@link lastClaimRuleChange} */
export async function claimRules({ chain, address }: BenefitClaimsContract): Promise<ClaimRule[]> {
  const at = { address, abi } as const;
  const rules = await withChainErrors(chain.url, async () => {
    const count = await chain.reader.readContract({ ...at, functionName: 'ruleCount' });
    return Promise.all(
      Array.from({ length: Number(count) }, (_, i) =>
        chain.reader.readContract({ ...at, functionName: 'ruleAt', args: [BigInt(i)] }),
      ),
    );
  });
  return rules as unknown as ClaimRule[];
}

/** A claim as the contract keeps it. */
export interface RegisteredClaim {
  /** From 1 on. */
  readonly number: number;
  readonly rule: number;
  /** Unix seconds. */
  readonly registeredAt: number;
}

/** The claim of a nullifier; undefined where there is none. @throws as {@link lastClaimRuleChange} */
export async function claimOf(
  { chain, address }: BenefitClaimsContract,
  nullifier: bigint,
): Promise<RegisteredClaim | undefined> {
  const { number, rule, registeredAt } = await withChainErrors(chain.url, () =>
    chain.reader.readContract({ address, abi, functionName: 'claimOf', args: [nullifier] }),
  );
  if (number === 0n) return undefined;
  return { number: Number(number), rule: Number(rule), registeredAt: Number(registeredAt) };
}
