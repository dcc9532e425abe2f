import { CanbaoError } from '../core/errors/canbao-error.ts';
import { assertVerificationKey } from '../groth16/manifest.ts';
import { verifyProof } from '../groth16/verify-proof.ts';
import type { ParamsLayout } from '../request/params.ts';
import {
  decodePresentation,
  encodePresentation,
  type Presentation,
  publicSignals,
} from '../request/presentation.ts';
import type { PresentationRequest, RequestDomain } from '../request/presentation-request.ts';
import { requestHash, scopeOf } from '../request/request-hash.ts';
import type { VerifierPorts, VerifyingKey } from './ports.ts';
import type { EpochStatus, Verdict, VerdictDetail, VerdictReason } from './verdict.ts';

/** What the verifier expects and accepts. */
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

/** A finding that ends the check. */
interface Finding {
  readonly reason: VerdictReason;
  readonly detail?: VerdictDetail;
}

type Facts = Omit<Verdict, 'valid' | 'reason' | 'detail'>;

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
  const audienceChecked = expectation.request !== undefined || expectation.audience !== undefined;
  const verdict = (facts: Facts, { reason, detail }: Finding): Verdict => ({
    valid: reason === 'valid',
    reason,
    ...(detail && { detail }),
    ...facts,
  });

  const read = readInput(input, ports);
  if ('reason' in read) return verdict({ audienceChecked }, read);
  const { presentation, statement } = read;
  const { request, nullifier, epochRoot } = presentation;
  const scope = scopeOf(request.audience, request.purpose);
  const { audience, purpose, expiresAt, params } = request;
  let facts: Facts = {
    audienceChecked,
    ...{ statement: statement.name, params, audience, purpose, expiresAt },
    ...{ scope, nullifier, epochRoot },
  };

  const refused = checkRequest(request, statement, ports, expectation);
  if (refused) return verdict(facts, refused);

  const key = await usableKey(statement, ports, expectation.production ?? false);
  if ('reason' in key) return verdict(facts, key);
  facts = { ...facts, keyStatus: key.entry.status, contributions: key.entry.contributions };

  const epoch = await ports.epochs.lookup(epochRoot);
  if (!epoch) return verdict(facts, { reason: 'unknown_root' });
  facts = { ...facts, epoch };
  const stale = checkFreshness(epoch, ports.clock(), expectation);
  if (stale) return verdict(facts, stale);

  const signals = publicSignals(presentation, statement);
  if (!verifyProof(key.verificationKey, signals, presentation.proof)) {
    return verdict(facts, { reason: 'invalid_proof' });
  }
  if (ports.nullifiers && !(await ports.nullifiers.spend(nullifier, scope))) {
    return verdict(facts, { reason: 'nullifier_spent' });
  }
  return verdict(facts, { reason: 'valid' });
}

function readInput(
  input: unknown,
  { statements }: VerifierPorts,
): { presentation: Presentation; statement: ParamsLayout } | Finding {
  try {
    // A decoded presentation takes the same road: a caller may have built or changed it.
    const isDecoded = typeof (input as Presentation | null)?.nullifier === 'bigint';
    const json = isDecoded ? encodePresentation(input as Presentation) : input;
    const presentation = decodePresentation(json, statements);
    const statement = statements.get(presentation.request.statement);
    if (statement) return { presentation, statement };
    throw new CanbaoError('statement.unknown', { statement: presentation.request.statement });
  } catch (error) {
    const reason = isCode(error, 'statement.unknown') ? 'unknown_statement' : 'malformed';
    if (error instanceof CanbaoError) return { reason, detail: detailOf(error) };
    // Only an object that misbehaves when read gets here, such as a getter that throws.
    const facts = { reason: 'it cannot be read' };
    return { reason, detail: { code: 'presentation.malformed', facts } };
  }
}

function checkRequest(
  request: PresentationRequest,
  statement: ParamsLayout,
  { statements, clock }: VerifierPorts,
  expected: Expectation,
): Finding | undefined {
  if (expected.request) {
    const own = statements.get(expected.request.statement);
    const same = own && requestHash(expected.request, own) === requestHash(request, statement);
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

function sameDomain(a: RequestDomain, b: RequestDomain): boolean {
  const sameContract = a.verifyingContract.toLowerCase() === b.verifyingContract.toLowerCase();
  return sameContract && a.chainId === b.chainId;
}

function detailOf({ code, facts }: CanbaoError): VerdictDetail {
  return { code, facts };
}

function isCode(error: unknown, code: CanbaoError['code']): boolean {
  return error instanceof CanbaoError && error.code === code;
}
