import type { EpochRoot } from '../core/brands.ts';
import type { Clock } from '../core/clock.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { MonthIndex } from '../core/month.ts';
import type { Epoch } from '../ledger/epoch.ts';
import { decodeAnyBundle } from './any-bundle.ts';
import { type Holding, holdingOf } from './holding.ts';

/** What is published of a root; times are Unix seconds. */
export interface PublishedRoot {
  readonly month: MonthIndex;
  /** 0 at first, one more with each correction of the month. */
  readonly revision: number;
  readonly publishedAt: number;
  readonly supersededAt?: number;
  readonly correctedAt?: number;
}

/** Where published roots are looked up: the chain, or a file. */
export interface PublishedRoots {
  /** Undefined for a root nobody published. May throw: an unreachable chain is no answer. */
  lookup(root: EpochRoot): Promise<PublishedRoot | undefined>;
}

/** How a bundle stands: the first of these that holds. */
export type BundleStanding =
  /** The record in it does not hash to the root in it. */
  | 'inconsistent'
  /** The root in it was never published, or as another month. */
  | 'unpublished'
  /** The month was revised since: ask for the bundle of the new revision. */
  | 'corrected'
  /** A later month is closed. */
  | 'superseded'
  | 'current';

/** What a holder learns from the bundle and the published roots, and from nobody's database. */
export interface BundleCheck {
  readonly standing: BundleStanding;
  /** Whether the record is under a published root that still stands: `superseded` or `current`. */
  readonly ok: boolean;
  /** For `inconsistent`: what contradicts what. */
  readonly reason?: string;
  readonly epoch?: Epoch;
  /** Place of the leaf in its tree. */
  readonly index?: number;
  readonly holding?: Holding;
  readonly published?: PublishedRoot;
  /** Seconds since a newer root appeared. */
  readonly supersededFor?: number;
  /** Seconds since another revision of the month replaced it. */
  readonly correctedFor?: number;
}

/**
 * Recomputes a person's or an employer's leaf and its path to the epoch root, and looks that root up.
 * Some 100 ms for a long record.
 * @param json parsed JSON of a bundle file
 * @throws bundle.malformed; what `roots` throws
 */
export async function checkBundle(
  json: unknown,
  { roots, clock }: { readonly roots: PublishedRoots; readonly clock: Clock },
): Promise<BundleCheck> {
  const opening = openBundle(json);
  if ('reason' in opening) return { standing: 'inconsistent', ok: false, reason: opening.reason };
  const { epoch, inclusion } = opening;
  const known = { epoch, index: inclusion.index, holding: holdingOf(opening) };
  const published = await roots.lookup(epoch.root);
  if (!published || published.month !== epoch.month) {
    return { standing: 'unpublished', ok: false, ...known };
  }
  const { supersededAt, correctedAt } = published;
  const now = clock();
  const ages = {
    ...(supersededAt !== undefined && { supersededFor: Math.max(0, now - supersededAt) }),
    ...(correctedAt !== undefined && { correctedFor: Math.max(0, now - correctedAt) }),
  };
  const standing = standingOf(published);
  return { standing, ok: standing !== 'corrected', ...known, published, ...ages };
}

function standingOf({ supersededAt, correctedAt }: PublishedRoot): BundleStanding {
  if (correctedAt !== undefined) return 'corrected';
  return supersededAt === undefined ? 'current' : 'superseded';
}

function openBundle(json: unknown): ReturnType<typeof decodeAnyBundle> | { reason: string } {
  try {
    return decodeAnyBundle(json);
  } catch (error) {
    if (!(error instanceof CanbaoError) || error.code !== 'bundle.inconsistent') throw error;
    return { reason: String(error.facts.reason) };
  }
}
