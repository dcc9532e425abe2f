import type { LocalAccount } from 'viem';
import { signCommitment } from '../../chain/epoch-commitment.ts';
import type { RegistryContract } from '../../chain/registry.ts';
import type { CommitmentSignature, EpochCommitment } from '../../chain/types.ts';
import { type Clock, systemClock } from '../../core/clock.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth, presentMonth } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { buildEpoch } from '../../ledger/build/build-epoch.ts';
import { decodeTile } from '../../ledger/build/tile.ts';
import { recordSignature } from '../../ledger/store/epoch-transitions.ts';
import { type EpochInputs, latestEpoch, type StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { readTile, type TileAddress } from '../../ledger/store/tiles.ts';
import { fetchFeed } from './fetch-feed.ts';
import { type Difference, firstDifference } from './first-difference.ts';
import type { Leader } from './leader.ts';
import { expectAccounts, expectNext, expectNoOther } from './may-sign.ts';
import { discardUnsigned, forgetUnsigned } from './own-epochs.ts';

/** What an authority is asked to sign. */
export interface CoSignRequest {
  readonly commitment: EpochCommitment;
  /** Names the epoch in the leader's ledger. */
  readonly epochId: number;
  readonly inputs: EpochInputs;
}

/** An authority that signs what it computed itself. */
export interface CoSigner {
  readonly account: LocalAccount;
  readonly registry: RegistryContract;
  /** The authority's own copy of the ledger. */
  readonly copy: Store;
  /** Other stores in which this authority signs: it signs one root a revision, in whatever role. */
  readonly alsoSignsIn?: readonly Store[];
  readonly hash: Poseidon;
  readonly clock?: Clock;
}

/** How far a co-signature has come: rows received, or leaves hashed. */
export interface CoSignProgress {
  readonly stage: 'fetch' | 'build';
  readonly done: number;
}

export interface CoSignOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CoSignProgress) => void;
}

/**
 * Signs a month for a leading authority, if it comes out the same here: takes over what its ledger
 * has added since, computes the epoch from the copy's own rows, compares root and accounts with
 * what is to be signed and the predecessor with the chain. The signature is kept before it leaves;
 * rows that led to a refusal are not.
 * @throws epoch.roots_differ with the first leaf that differs; epoch.wrong_previous_root,
 * epoch.out_of_order, epoch.taken_back, epoch.second_root, epoch.accounts_differ, feed.*, peer.*, chain.*
 */
export async function coSign(
  signer: CoSigner,
  request: CoSignRequest,
  leader: Leader,
  options: CoSignOptions = {},
): Promise<CommitmentSignature> {
  const { account, registry, copy } = signer;
  const { commitment } = request;
  const signsIn = [copy, ...(signer.alsoSignsIn ?? [])];
  expectAccounts(commitment, request.inputs.accountCount);
  // All that stay are signed.
  await discardUnsigned(copy);
  const base = await latestEpoch(copy);
  await expectNext(registry, commitment, base);
  await expectNoOther(account, signsIn, commitment);
  const epoch = await ownResult(signer, base, request, leader, options).catch(
    async (error: unknown) => {
      if (isOfContent(error)) await forgetUnsigned(copy);
      throw error;
    },
  );
  // The chain may have moved on while the root was computed.
  await expectNext(registry, commitment, base);
  await expectNoOther(account, signsIn, commitment);
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const own = { ...commitment, epochRoot: epoch.root, accounts: epoch.accountCount };
  const signed = await signCommitment(domain, account, own);
  const kept = { authority: signed.signer, signature: signed.signature };
  await recordSignature(copy, epoch.id, kept, Number.POSITIVE_INFINITY);
  return signed;
}

/** Whether it is the rows that are at fault, and not the way they came. */
function isOfContent(error: unknown): boolean {
  return error instanceof CanbaoError && /^(feed|ledger|core)\.|^epoch\.roots/.test(error.code);
}

/** The epoch computed here, if it is the one to be signed. */
async function ownResult(
  signer: CoSigner,
  base: StoredEpoch | undefined,
  request: CoSignRequest,
  leader: Leader,
  options: CoSignOptions,
): Promise<StoredEpoch> {
  const epoch = await ownEpoch(signer, base, request, leader, options);
  expectAccounts(request.commitment, epoch.accountCount);
  if (epoch.root === request.commitment.epochRoot) return epoch;
  throw await explain(signer, epoch, request, leader, options.signal);
}

/** The epoch as the copy's own rows have it. */
async function ownEpoch(
  { copy, hash, clock = systemClock }: CoSigner,
  base: StoredEpoch | undefined,
  { commitment, epochId, inputs }: CoSignRequest,
  leader: Leader,
  { signal, onProgress = () => {} }: CoSignOptions,
): Promise<StoredEpoch> {
  const { month, revision } = commitment;
  // What was hashed for the base is not looked at again: nothing may go back behind it.
  const isRepeated = base?.month === month && base.revision === revision;
  if (base && (isRepeated ? !sameInputs(base, inputs) : !reaches(inputs, base))) {
    throw new CanbaoError('feed.inputs_behind');
  }
  await fetchFeed(copy, leader, {
    ...{ epochId, inputs, present: presentMonth(clock) },
    ...(signal && { signal }),
    onRows: (done) => onProgress({ stage: 'fetch', done }),
  });
  const epoch = await buildEpoch(copy, {
    ...{ month, hash, given: { revision, inputs } },
    onProgress: ({ leaves }) => {
      signal?.throwIfAborted();
      onProgress({ stage: 'build', done: leaves });
    },
  });
  if (epoch.revision !== revision) {
    const facts = { month: formatMonth(month), revision: epoch.revision };
    throw new CanbaoError('ledger.root_repeats', facts);
  }
  return epoch;
}

const inputNames = [
  'accountCount',
  'employerCount',
  'recordCutoff',
  'factsCutoff',
  'enrolmentCutoff',
] as const;

function reaches(inputs: EpochInputs, base: EpochInputs): boolean {
  return inputNames.every((name) => inputs[name] >= base[name]);
}

function sameInputs(one: EpochInputs, other: EpochInputs): boolean {
  return reaches(one, other) && reaches(other, one);
}

/** Names the first leaf that differs. */
async function explain(
  { account, copy, hash }: CoSigner,
  epoch: StoredEpoch,
  { commitment, epochId }: CoSignRequest,
  leader: Leader,
  signal: AbortSignal | undefined,
): Promise<CanbaoError> {
  const ours = async (address: TileAddress) =>
    decodeTile(await readTile(copy.db, address, epoch.id));
  const theirs = async (address: TileAddress) =>
    decodeTile(await leader.tile(epochId, address, signal));
  const { difference, tiles } = await firstDifference(ours, theirs, hash);
  return new CanbaoError('epoch.roots_differ', {
    month: formatMonth(commitment.month),
    authority: account.address,
    where: await placeOf(copy, difference),
    tiles,
  });
}

/** `accounts[17]`, `employers[91350203MAPKWREB8M]`; `root` where all tiles are the same. */
async function placeOf({ db }: Store, difference: Difference | undefined): Promise<string> {
  if (!difference) return 'root';
  const { tree, first, last } = difference;
  if (first !== last) return `${tree}[${first}–${last}]`;
  const employer =
    tree === 'employers' &&
    (await db
      .selectFrom('employer')
      .select('credit_code')
      .where('employer_index', '=', first)
      .executeTakeFirst());
  return `${tree}[${employer ? employer.credit_code : first}]`;
}
