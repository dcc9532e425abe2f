import type { LocalAccount } from 'viem';
import { signCommitment } from '../../chain/epoch-commitment.ts';
import { allEpochs, type RegistryContract } from '../../chain/registry.ts';
import type { CommitmentSignature, EpochCommitment } from '../../chain/types.ts';
import { type Clock, systemClock } from '../../core/clock.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { toFr } from '../../core/field.ts';
import { formatMonth, monthOfDate } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { buildEpoch } from '../../ledger/build/build-epoch.ts';
import { decodeTile } from '../../ledger/build/tile.ts';
import { recordSignature } from '../../ledger/store/epoch-transitions.ts';
import type { EpochInputs, StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { readTile, type TileAddress } from '../../ledger/store/tiles.ts';
import { fetchFeed } from './fetch-feed.ts';
import { type Difference, firstDifference } from './first-difference.ts';
import type { Leader } from './leader.ts';
import { discardUnsigned, newestEpoch, signedRoot } from './own-epochs.ts';

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
 * what is to be signed and the predecessor with the chain. The signature is kept before it leaves.
 * @throws epoch.roots_differ with the first leaf that differs; epoch.wrong_previous_root,
 * epoch.out_of_order, epoch.second_root, epoch.accounts_differ, feed.*, peer.*, chain.*
 */
export async function coSign(
  signer: CoSigner,
  request: CoSignRequest,
  leader: Leader,
  options: CoSignOptions = {},
): Promise<CommitmentSignature> {
  const { account, registry, copy } = signer;
  const { commitment } = request;
  expectAccounts(commitment, request.inputs.accountCount);
  await expectNext(registry, commitment);
  await expectNoOther(signer, commitment);
  const epoch = await ownEpoch(signer, request, leader, options);
  expectAccounts(commitment, epoch.accountCount);
  if (epoch.root !== commitment.epochRoot) {
    throw await explain(signer, epoch, request, leader, options.signal);
  }
  // The chain may have moved on while the root was computed.
  await expectNext(registry, commitment);
  await expectNoOther(signer, commitment);
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const own = { ...commitment, epochRoot: epoch.root, accounts: epoch.accountCount };
  const signed = await signCommitment(domain, account, own);
  const kept = { authority: signed.signer, signature: signed.signature };
  await recordSignature(copy, epoch.id, kept, Number.POSITIVE_INFINITY);
  return signed;
}

function expectAccounts({ accounts }: EpochCommitment, expected: number): void {
  if (accounts !== expected) {
    throw new CanbaoError('epoch.accounts_differ', { given: accounts, expected });
  }
}

/** The chain itself says what comes next: last root, month and revision. */
async function expectNext(registry: RegistryContract, commitment: EpochCommitment): Promise<void> {
  const { month, revision, previousRoot } = commitment;
  const published = await allEpochs(registry);
  const expected = published.at(-1)?.root ?? toFr(0n);
  if (previousRoot !== expected) {
    const facts = { month: formatMonth(month), given: previousRoot, expected };
    throw new CanbaoError('epoch.wrong_previous_root', facts);
  }
  const revisions = published.filter((epoch) => epoch.month === month).length;
  const isLater = published.every((epoch) => epoch.month < month);
  if (revision !== revisions || (revision === 0 && !isLater)) {
    throw new CanbaoError('epoch.out_of_order', { month: formatMonth(month), revision });
  }
}

/** One root a revision, ever: whatever predecessor it names. */
async function expectNoOther(
  { account, copy, alsoSignsIn = [] }: CoSigner,
  { month, revision, epochRoot }: EpochCommitment,
): Promise<void> {
  for (const store of [copy, ...alsoSignsIn]) {
    const signed = await signedRoot(store, account.address, month, revision);
    if (signed !== undefined && signed !== epochRoot) {
      const facts = { authority: account.address, month: formatMonth(month), revision };
      throw new CanbaoError('epoch.second_root', facts);
    }
  }
}

/** The epoch as the copy's own rows have it. */
async function ownEpoch(
  { copy, hash, clock = systemClock }: CoSigner,
  { commitment, epochId, inputs }: CoSignRequest,
  leader: Leader,
  { signal, onProgress = () => {} }: CoSignOptions,
): Promise<StoredEpoch> {
  const { month, revision } = commitment;
  await discardUnsigned(copy);
  const base = await newestEpoch(copy);
  // What was hashed for the base is not looked at again: nothing may go back behind it.
  const isRepeated = base?.month === month && base.revision === revision;
  if (base && (isRepeated ? !sameInputs(base, inputs) : !reaches(inputs, base))) {
    throw new CanbaoError('feed.inputs_behind');
  }
  await fetchFeed(copy, leader, {
    ...{ epochId, inputs, present: monthOfDate(new Date(clock() * 1000)) },
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
  ...(['accountCount', 'employerCount', 'recordCutoff', 'factsCutoff'] as const),
  'enrolmentCutoff' as const,
];

function reaches(inputs: EpochInputs, base: EpochInputs): boolean {
  return inputNames.every((name) => inputs[name] >= base[name]);
}

function sameInputs(one: EpochInputs, other: EpochInputs): boolean {
  return reaches(one, other) && reaches(other, one);
}

/** Names the first leaf that differs, and forgets the epoch. */
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
  await discardUnsigned(copy);
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
