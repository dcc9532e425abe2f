import { systemClock } from '../../../../src/core/clock.ts';
import type { KeyEntry } from '../../../../src/groth16/manifest.ts';
import { type AnyVerdict, isSetVerdict } from '../../../../src/verify/verify-any.ts';
import type { PublishedWhere } from '../../shared/chain-roots.ts';
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

/** The key a statement was checked with, as the manifest has it. */
export interface KeyOfStatement {
  readonly statement: string;
  readonly entry: KeyEntry;
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
  const names = statementsOf(verdict);
  const entries = await Promise.all(names.map((name) => verifier.keyEntryOf(name)));
  return {
    ...{ presentation, expectation, verdict, roots: verifier.roots, checkedAt: systemClock() },
    publication: await verifier.publicationOf(verdict),
    keys: names.flatMap((statement, i) => {
      const entry = entries[i];
      return entry ? [{ statement, entry }] : [];
    }),
  };
}

export function sourceOf({ kind, rpcUrl, epochs }: RootSourceDraft): RootSource {
  if (kind === 'file') return { kind, epochs };
  return { kind, rpcUrl: rpcUrl.trim() || undefined };
}

function statementsOf(verdict: AnyVerdict): string[] {
  const each = isSetVerdict(verdict) ? verdict.answers.map((answer) => answer.verdict) : [verdict];
  return [...new Set(each.flatMap(({ statement }) => statement ?? []))];
}
