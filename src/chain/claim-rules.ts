import {
  type Address,
  encodeAbiParameters,
  type Hex,
  hashTypedData,
  hexToString,
  keccak256,
  type LocalAccount,
  stringToHex,
  type TypedDataDefinition,
  trim,
} from 'viem';
import type { StatementId } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { ParamsLayout } from '../request/params.ts';
import { statementId } from '../request/request-hash.ts';
import { canbaoDomain, type RegistryDomain } from './epoch-commitment.ts';
import { signTyped } from './typed-signature.ts';
import type { CommitmentSignature } from './types.ts';

/** What one field of the params must be: `FieldRule` of `IBenefitClaims.sol`. */
export interface FieldRule {
  readonly shift: number;
  readonly bits: number;
  readonly min: bigint;
  readonly max: bigint;
}

/** What is claimed, and what must be proven for it: `ClaimRule` of `IBenefitClaims.sol`. */
export interface ClaimRule {
  /** 32 bytes: a name, filled up with zeros. */
  readonly benefit: Hex;
  readonly statement: StatementId;
  /** Rules that share it share one claim a person. */
  readonly purpose: string;
  /** Unix seconds. */
  readonly opensAt: bigint;
  readonly closesAt: bigint;
  readonly fields: readonly FieldRule[];
}

/** A rule in the words of its statement. */
export interface ClaimRuleDraft {
  /** At most 31 letters: `pension`. */
  readonly benefit: string;
  readonly statement: ParamsLayout;
  readonly purpose: string;
  /** Unix seconds. */
  readonly opensAt: number;
  readonly closesAt: number;
  /** By field name the least and the most; what is left out must be 0. */
  readonly fields: Readonly<Record<string, readonly [min: bigint, max: bigint]>>;
}

/** `pension`, of the 32 bytes a rule has it in. */
export function benefitName(benefit: Hex): string {
  return hexToString(trim(benefit, { dir: 'right' }));
}

/** The rule a contract takes. @throws chain.bad_value for a field that the statement has not */
export function claimRule(draft: ClaimRuleDraft): ClaimRule {
  const { statement, purpose } = draft;
  return {
    benefit: stringToHex(draft.benefit, { size: 32 }),
    statement: statementId(statement.name),
    purpose,
    opensAt: BigInt(draft.opensAt),
    closesAt: BigInt(draft.closesAt),
    fields: Object.entries(draft.fields).map(([name, [min, max]]) => ({
      ...placeOf(statement, name),
      ...{ min, max },
    })),
  };
}

function placeOf({ name: statement, params }: ParamsLayout, name: string) {
  let shift = 0;
  for (const [field, bits] of Object.entries(params)) {
    if (field === name) return { shift, bits };
    shift += bits;
  }
  throw new CanbaoError('chain.bad_value', { reason: `${statement} has no field ${name}` });
}

/** The nonce of a request for a claim. @param deliverTo 32 bytes: a hash only the holder can open */
export function claimNonce(rule: number, deliverTo: Hex): Hex {
  const types = [{ type: 'uint256' }, { type: 'bytes32' }] as const;
  return keccak256(encodeAbiParameters(types, [BigInt(rule), deliverTo]));
}

/** What a signature about claim rules is for: a contract, under an epoch registry's domain. */
export interface ClaimsDomain extends RegistryDomain {
  readonly benefitClaims: Address;
}

/** What the authorities sign about claim rules. */
export type ClaimRuleChange = {
  /** Digest of the last addition or closing; 32 zero bytes for the first. */
  readonly previousChange: Hex;
} & (
  | { readonly add: ClaimRule }
  | {
      /** Which, counted from 0. */
      readonly close: number;
    }
);

/** As the contract has them. */
const types = {
  ClaimRuleAddition: [
    { name: 'benefitClaims', type: 'address' },
    { name: 'previousChange', type: 'bytes32' },
    { name: 'rule', type: 'ClaimRule' },
  ],
  ClaimRule: [
    { name: 'benefit', type: 'bytes32' },
    { name: 'statement', type: 'bytes32' },
    { name: 'purpose', type: 'string' },
    { name: 'opensAt', type: 'uint64' },
    { name: 'closesAt', type: 'uint64' },
    { name: 'fields', type: 'FieldRule[]' },
  ],
  FieldRule: [
    { name: 'shift', type: 'uint8' },
    { name: 'bits', type: 'uint8' },
    { name: 'min', type: 'uint112' },
    { name: 'max', type: 'uint112' },
  ],
  ClaimRuleClosing: [
    { name: 'benefitClaims', type: 'address' },
    { name: 'previousChange', type: 'bytes32' },
    { name: 'rule', type: 'uint256' },
  ],
} as const;

function typedData(
  { benefitClaims, ...registry }: ClaimsDomain,
  change: ClaimRuleChange,
): TypedDataDefinition {
  const { previousChange } = change;
  const isAddition = 'add' in change;
  const rule = isAddition ? change.add : BigInt(change.close);
  return {
    domain: canbaoDomain(registry),
    types,
    primaryType: isAddition ? 'ClaimRuleAddition' : 'ClaimRuleClosing',
    message: { benefitClaims, previousChange, rule },
  };
}

/** The EIP-712 digest the authorities sign; the change after this one names it. */
export function hashClaimRuleChange(domain: ClaimsDomain, change: ClaimRuleChange): Hex {
  return hashTypedData(typedData(domain, change));
}

/** Signs an addition or a closing with the key of an authority of today. */
export function signClaimRuleChange(
  domain: ClaimsDomain,
  authority: LocalAccount,
  change: ClaimRuleChange,
): Promise<CommitmentSignature> {
  return signTyped(authority, typedData(domain, change));
}
