import { type Brand, type Fr, toFr } from './field.ts';

/** What the authorities commit for a month: `Poseidon(accountsRoot, employersRoot, month)`. */
export type EpochRoot = Brand<Fr, 'EpochRoot'>;
/** `Poseidon(TAG_NULLIFIER, nullifierKey, scope)`: public, one per person and scope. */
export type Nullifier = Brand<Fr, 'Nullifier'>;
/** What a nullifier is unique in: audience and purpose. */
export type Scope = Brand<Fr, 'Scope'>;
/** EIP-712 digest of a presentation request, shifted right by 3 bits. */
export type RequestHash = Brand<Fr, 'RequestHash'>;
/** `keccak256("coverage@1")`. */
export type StatementId = Brand<`0x${string}`, 'StatementId'>;

/** @throws core.not_canonical */
export const toEpochRoot = (value: bigint): EpochRoot => toFr(value, 'epoch root') as EpochRoot;
/** @throws core.not_canonical */
export const toNullifier = (value: bigint): Nullifier => toFr(value, 'nullifier') as Nullifier;
/** @throws core.not_canonical */
export const toScope = (value: bigint): Scope => toFr(value, 'scope') as Scope;
/** @throws core.not_canonical */
export const toRequestHash = (value: bigint): RequestHash =>
  toFr(value, 'request hash') as RequestHash;
/** A 32-byte hash that names a statement. */
export const toStatementId = (value: `0x${string}`): StatementId => value as StatementId;
