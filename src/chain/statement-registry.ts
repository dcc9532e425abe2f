import {
  type Address,
  type Hex,
  hashTypedData,
  type LocalAccount,
  type TypedDataDefinition,
} from 'viem';
import { statementVerifierAbi as abi } from './artifacts/StatementVerifier.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import { canbaoDomain, type RegistryDomain } from './epoch-commitment.ts';
import { sendCall } from './send-call.ts';
import type { StatementVerifierContract } from './statement-verifier.ts';
import { isTypedSignature, orderedSignatures, signTyped } from './typed-signature.ts';
import {
  type CommitmentSignature,
  type StatementEntry,
  type StatementOrder,
  type StatementRegistration,
  type StatementStatus,
  statementActions,
  statementStatuses,
} from './types.ts';

/** What a signature about statements is for: a statement registry, under an epoch registry's domain. */
export interface StatementDomain extends RegistryDomain {
  readonly statementRegistry: Address;
}

/** What the authorities sign about statements. */
export type StatementChange = StatementRegistration | StatementOrder;

/** `Registration` and `StatementOrder` of `IStatementRegistry.sol`, as EIP-712 types. */
const types = {
  StatementRegistration: [
    { name: 'statementRegistry', type: 'address' },
    { name: 'previousChange', type: 'bytes32' },
    { name: 'statement', type: 'bytes32' },
    { name: 'verifier', type: 'address' },
    { name: 'vkeyHash', type: 'bytes32' },
  ],
  StatementOrder: [
    { name: 'statementRegistry', type: 'address' },
    { name: 'previousChange', type: 'bytes32' },
    { name: 'action', type: 'uint8' },
    { name: 'statements', type: 'bytes32[]' },
  ],
} as const;

function typedData(
  { statementRegistry, ...registry }: StatementDomain,
  change: StatementChange,
): TypedDataDefinition {
  const domain = canbaoDomain(registry);
  const { previousChange } = change;
  if ('entry' in change) {
    const message = { statementRegistry, previousChange, ...change.entry };
    return { domain, types, primaryType: 'StatementRegistration', message };
  }
  const message = { statementRegistry, ...orderArguments(change) };
  return { domain, types, primaryType: 'StatementOrder', message };
}

function orderArguments({ previousChange, action, statements }: StatementOrder) {
  return { previousChange, action: statementActions.indexOf(action), statements };
}

/** The EIP-712 digest the authorities sign; the change after this one names it. */
export function hashStatementChange(domain: StatementDomain, change: StatementChange): Hex {
  return hashTypedData(typedData(domain, change));
}

/** Signs a registration or an order with the key of an authority of today. */
export function signStatementChange(
  domain: StatementDomain,
  authority: LocalAccount,
  change: StatementChange,
): Promise<CommitmentSignature> {
  return signTyped(authority, typedData(domain, change));
}

/** Whether `signature` is what its signer says it is. */
export function isStatementSignature(
  domain: StatementDomain,
  change: StatementChange,
  signature: CommitmentSignature,
): Promise<boolean> {
  return isTypedSignature(typedData(domain, change), signature);
}

/**
 * Submits what a quorum signed: a registration or a resumption begins to wait, a pause, a disabling
 * or a cancellation happens. Anyone may submit.
 * @throws chain.reverted with the contract's error, chain.not_confirmed, chain.unreachable
 */
export async function submitStatementChange(
  contract: StatementVerifierContract,
  submitter: LocalAccount,
  change: StatementChange,
  signatures: readonly CommitmentSignature[],
  confirmations = 1,
): Promise<Hex> {
  const signed = orderedSignatures(signatures);
  const call =
    'entry' in change
      ? ({ abi, functionName: 'lodgeRegistration', args: [change, signed] } as const)
      : ({ abi, functionName: 'submitOrder', args: [orderArguments(change), signed] } as const);
  return (await sendCall(contract, submitter, call, confirmations)).transactionHash;
}

/** Makes happen what has waited its time. Anyone may. @throws as {@link submitStatementChange} */
export async function executeStatementChange(
  contract: StatementVerifierContract,
  submitter: LocalAccount,
  statement: Hex,
  confirmations = 1,
): Promise<Hex> {
  const call = { abi, functionName: 'execute', args: [statement] } as const;
  return (await sendCall(contract, submitter, call, confirmations)).transactionHash;
}

/** A statement as a registry holds it. */
export interface StatementStanding {
  readonly status: StatementStatus;
  /** Undefined for one that was never registered. */
  readonly entry: StatementEntry | undefined;
  /** What waits, and from when on it may be executed, in Unix seconds. */
  readonly pending:
    | { readonly action: 'register' | 'resume'; readonly readyAt: number }
    | undefined;
}

/** Where a statement stands. @throws chain.unreachable, chain.rpc_failed, chain.no_contract */
export async function statementStanding(
  { chain, address }: StatementVerifierContract,
  statement: Hex,
): Promise<StatementStanding> {
  const at = { address, abi, args: [statement] } as const;
  const [record, pending] = await withChainErrors(chain.url, () =>
    Promise.all([
      chain.reader.readContract({ ...at, functionName: 'recordOf' }),
      chain.reader.readContract({ ...at, functionName: 'pendingOf' }),
    ]),
  );
  const { verifier, vkeyHash } = record;
  const status = statementStatuses[record.status] ?? 'disabled';
  const action = BigInt(pending.entry.verifier) === 0n ? 'resume' : 'register';
  return {
    status,
    entry: status === 'unknown' ? undefined : { statement, verifier, vkeyHash },
    pending: pending.readyAt === 0n ? undefined : { action, readyAt: Number(pending.readyAt) },
  };
}

/** The digest the next change names. @throws as {@link statementStanding} */
export function lastStatementChange({ chain, address }: StatementVerifierContract): Promise<Hex> {
  return withChainErrors(chain.url, () =>
    chain.reader.readContract({ address, abi, functionName: 'lastStatementChange' }),
  );
}
