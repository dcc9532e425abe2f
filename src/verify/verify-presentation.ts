import type { Nullifier, RequestHash, Scope } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { assertVerificationKey } from '../groth16/manifest.ts';
import type { ProofClaim } from '../groth16/pairing/pairing.ts';
import { verifyProof } from '../groth16/verify-proof.ts';
import type { ParamsLayout } from '../request/params.ts';
import { publicSignals } from '../request/presentation.ts';
import type { PresentationRequest, RequestDomain } from '../request/presentation-request.ts';
import { requestHash, requestSignals } from '../request/request-hash.ts';
import type { VerifierPorts, VerifyingKey } from './ports.ts';
import { detailOf, type Finding, readPresentation } from './read-presentation.ts';
import type { EpochStatus, Verdict } from './verdict.ts';

/**
 * What the verifier expects and accepts. `StatementVerifier.sol` keeps the same rule of freshness
 * with a policy fixed when it is deployed: its own `maxStaleness`, and no corrected root.
 */
export interface Expectation {
  /** The verifier's own copy of the request: the presentation must answer exactly it. */
  readonly request?: PresentationRequest;
  /** Where no copy was kept: whom the proof must be made for. */
  readonly audience?: string;
  /** Where no copy was kept: the chain and registry the request must name. */
  readonly domain?: RequestDomain;
  /** Seconds a root counts after it was superseded. */
  readonly maxStalenessSeconds?: number;
  /** Whether a root of a month that was corrected later still counts. */
  readonly acceptCorrected?: boolean;
  /** Whether development keys are refused, as `NODE_ENV=production` demands. */
  readonly production?: boolean;
}

/** A month's ledger is closed once a month: 35 days bridge two closings. */
export const DEFAULT_MAX_STALENESS_SECONDS = 35 * 86_400;

type Facts = Omit<Verdict, 'valid' | 'reason' | 'detail'>;

/** A presentation in order but for its proof. */
export interface Inspected {
  readonly claim: ProofClaim;
  /** What is spent if the proof holds. */
  readonly nullifier: Nullifier;
  readonly scope: Scope;
  readonly facts: Facts;
}

/**
 * Checks a presentation: form, request, audience, expiry, key, root, proof, and last, if a port
 * for it is given, spends the nullifier. No input makes it throw; what throws is a port that
 * fails, for instance an unreachable chain.
 * @param input parsed JSON of a presentation file, or a decoded presentation
 */
export async function verifyPresentation(
  input: unknown,
  ports: VerifierPorts,
  expectation: Expectation = {},
): Promise<Verdict> {
  const inspected = await inspectPresentation(input, ports, expectation);
  if ('valid' in inspected) return inspected;
  const { claim } = inspected;
  const holds = await (ports.proofs?.verify(claim) ??
    verifyProof(claim.key, claim.signals, claim.proof));
  return concludeVerdict(inspected, holds, ports);
}

/** All checks before the proof's: the verdict where one fails. Spends nothing. */
export async function inspectPresentation(
  input: unknown,
  ports: VerifierPorts,
  expectation: Expectation,
): Promise<Inspected | Verdict> {
  const audienceChecked = expectation.request !== undefined || expectation.audience !== undefined;
  const read = readPresentation(input, ports.statements);
  if ('reason' in read) return verdict({ audienceChecked }, read);
  const { presentation, statement } = read;
  const { request, nullifier, epochRoot } = presentation;
  const determined = requestSignals(request, statement);
  const { scope } = determined;
  const { audience, purpose, expiresAt, params } = request;
  let facts: Facts = {
    audienceChecked,
    ...{ statement: statement.name, params, audience, purpose, expiresAt },
    ...{ scope, nullifier, epochRoot },
  };

  const refused = checkRequest(request, determined.requestHash, ports, expectation);
  if (refused) return verdict(facts, refused);

  const key = await usableKey(statement, ports, expectation.production ?? false);
  if ('reason' in key) return verdict(facts, key);
  facts = { ...facts, keyStatus: key.entry.status, contributions: key.entry.contributions };

  const epoch = await ports.epochs.lookup(epochRoot);
  if (!epoch) return verdict(facts, { reason: 'unknown_root' });
  const now = ports.clock();
  facts = { ...facts, epoch, ...agesOf(epoch, now) };
  const stale = checkFreshness(epoch, now, expectation);
  if (stale) return verdict(facts, stale);

  const signals = publicSignals(presentation, statement, determined);
  const claim = { key: key.verificationKey, signals, proof: presentation.proof };
  return { claim, nullifier, scope, facts };
}

/** The verdict once it is known whether the proof holds; spends the nullifier if it does. */
export async function concludeVerdict(
  { nullifier, scope, facts }: Inspected,
  proofHolds: boolean,
  { nullifiers }: VerifierPorts,
): Promise<Verdict> {
  if (!proofHolds) return verdict(facts, { reason: 'invalid_proof' });
  if (nullifiers && !(await nullifiers.spend(nullifier, scope))) {
    return verdict(facts, { reason: 'nullifier_spent' });
  }
  return verdict(facts, { reason: 'valid' });
}

function verdict(facts: Facts, { reason, detail }: Finding): Verdict {
  return { valid: reason === 'valid', reason, ...(detail && { detail }), ...facts };
}

function checkRequest(
  request: PresentationRequest,
  hash: RequestHash,
  { statements, clock }: VerifierPorts,
  expected: Expectation,
): Finding | undefined {
  if (expected.request) {
    const own = statements.get(expected.request.statement);
    const same = own && requestHash(expected.request, own) === hash;
    if (!same) return { reason: 'wrong_request' };
  }
  if (expected.domain && !sameDomain(expected.domain, request.domain)) {
    return { reason: 'wrong_request' };
  }
  if (expected.audience !== undefined && expected.audience !== request.audience) {
    return { reason: 'wrong_audience' };
  }
  return clock() >= request.expiresAt ? { reason: 'expired' } : undefined;
}

async function usableKey(
  statement: ParamsLayout,
  { keys }: VerifierPorts,
  production: boolean,
): Promise<VerifyingKey | Finding> {
  try {
    const key = await keys.get(statement.name);
    assertVerificationKey(statement.name, key.verificationKey, key.entry, { production });
    return key;
  } catch (error) {
    if (!(error instanceof CanbaoError) || !error.code.startsWith('key.')) throw error;
    return { reason: 'key_refused', detail: detailOf(error) };
  }
}

function checkFreshness(
  epoch: EpochStatus,
  now: number,
  { acceptCorrected = false, maxStalenessSeconds = DEFAULT_MAX_STALENESS_SECONDS }: Expectation,
): Finding | undefined {
  if (epoch.correctedAt !== undefined && !acceptCorrected) return { reason: 'corrected' };
  const { supersededAt } = epoch;
  const isStale = supersededAt !== undefined && now - supersededAt > maxStalenessSeconds;
  return isStale ? { reason: 'superseded' } : undefined;
}

/** How long a root has been neither current nor, it may be, right. */
function agesOf({ supersededAt, correctedAt }: EpochStatus, now: number): Partial<Facts> {
  // A chain's clock may be some seconds ahead of ours.
  const since = (time: number) => Math.max(0, now - time);
  return {
    ...(supersededAt !== undefined && { supersededFor: since(supersededAt) }),
    ...(correctedAt !== undefined && { correctedFor: since(correctedAt) }),
  };
}

function sameDomain(a: RequestDomain, b: RequestDomain): boolean {
  const sameContract = a.verifyingContract.toLowerCase() === b.verifyingContract.toLowerCase();
  return sameContract && a.chainId === b.chainId;
}
