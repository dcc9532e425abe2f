import type { AnyRequest } from '../../request/any-request.ts';
import { statementRegistry } from '../../statements/registry.ts';
import {
  type AnyExpectation,
  type AnyVerdict,
  isSetVerdict,
  verifyAnyPresentation,
} from '../../verify/verify-any.ts';
import type { Service } from '../service.ts';
import { spentNullifiers } from './nullifiers.ts';
import type { VerdictPolicy } from './policy.ts';
import { verdictWork } from './verdict-work.ts';

/** What a verifier expects of a presentation, and what it accepts. */
export interface PresentationExpectation {
  /** The verifier's own copy. */
  readonly request?: AnyRequest;
  /** Where no copy was kept: whom it must be made for. */
  readonly audience?: string;
  readonly policy: VerdictPolicy;
  /** Spends the nullifier in its name, where the policy says `once`. */
  readonly requestId?: string;
}

/** A verdict and what of the ledger belongs beside it. */
export interface CheckedPresentation {
  readonly verdict: AnyVerdict;
  /** Accounts, or employers, under the root: among so many the holder stays unknown. */
  readonly anonymitySet?: number;
}

const DAY_SECONDS = 86_400;

/**
 * The verdict on a presentation or a presentation set. With `once` in the policy a valid one spends
 * its nullifier; a second answer to the same `requestId` by the same holder does not fail by that.
 * @param input parsed JSON
 * @throws service.overloaded, and what an unreachable chain or database throws
 */
export async function checkPresentation(
  service: Service,
  input: unknown,
  expected: PresentationExpectation,
): Promise<CheckedPresentation> {
  const { ports, take } = verdictWork(service);
  const spending = expected.policy.once && {
    nullifiers: spentNullifiers(service.db, expected.requestId),
  };
  const verdict = await take(() =>
    verifyAnyPresentation(input, { ...ports, ...spending }, expectationOf(service, expected)),
  );
  return withAnonymitySet(service, verdict);
}

/** What `src/verify` is told; the chain and registry are always this service's. */
export function expectationOf(
  { chain, production }: Service,
  { request, audience, policy }: PresentationExpectation,
): AnyExpectation {
  const { maxStalenessDays, acceptCorrected } = policy;
  return {
    domain: chain.domain,
    production,
    ...(request && { request }),
    ...(audience !== undefined && { audience }),
    ...(acceptCorrected !== undefined && { acceptCorrected }),
    ...(maxStalenessDays !== undefined && {
      maxStalenessSeconds: Math.floor(maxStalenessDays * DAY_SECONDS),
    }),
  };
}

/** Adds how many the holder is one of; only to what is valid, for nothing else is proven. */
export async function withAnonymitySet(
  service: Service,
  verdict: AnyVerdict,
): Promise<CheckedPresentation> {
  const of = isSetVerdict(verdict) ? verdict.answers[0]?.verdict : verdict;
  const statement = of?.statement && statementRegistry.get(of.statement);
  if (!verdict.valid || !statement || !verdict.epochRoot) return { verdict };
  const anonymitySet = await verdictWork(service).roots.membersOf(
    verdict.epochRoot,
    statement.subject,
  );
  return { verdict, ...(anonymitySet !== undefined && { anonymitySet }) };
}
