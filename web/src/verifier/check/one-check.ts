import { systemClock } from '../../../../src/core/clock.ts';
import type { AnyVerdict } from '../../../../src/verify/verify-any.ts';
import type { PublishedWhere } from '../../shared/chain-roots.ts';
import { keyManifest } from '../../shared/keys.ts';
import { statementsOf } from '../verdict/checked-verdict.ts';
import { type KeyOfStatement, keysOf } from '../verdict/statement-keys.ts';
import type { Expectation } from './expectation.ts';
import type { PresentationInput } from './read-presentation-text.ts';
import type { RootSourceDraft } from './root-source-choice.tsx';
import { openPageVerifier, type RootSource, type UsedRoots } from './verify-in-page.ts';

/** A verdict of this page, and what it rests on. */
export interface OneCheck {
  readonly presentation: PresentationInput;
  readonly expectation: Expectation;
  readonly verdict: AnyVerdict;
  /** Unix seconds. */
  readonly checkedAt: number;
  readonly roots: UsedRoots;
  readonly publication?: PublishedWhere | undefined;
  readonly keys: readonly KeyOfStatement[];
}

/** @throws as `openPageVerifier`, and chain.unreachable later */
export async function checkOne(
  presentation: PresentationInput,
  expectation: Expectation,
  source: RootSourceDraft,
): Promise<OneCheck> {
  const verifier = await openPageVerifier(sourceOf(source));
  const [verdict] = await verifier.check([presentation], expectation);
  if (!verdict) throw new RangeError('no verdict');
  return {
    ...{ presentation, expectation, verdict, roots: verifier.roots, checkedAt: systemClock() },
    publication: await verifier.publicationOf(verdict),
    keys: keysOf(statementsOf(verdict), await keyManifest()),
  };
}

export function sourceOf({ kind, rpcUrl, epochs }: RootSourceDraft): RootSource {
  if (kind === 'file') return { kind, epochs };
  return { kind, rpcUrl: rpcUrl.trim() || undefined };
}
