import { CanbaoError, type Language } from '../../core/errors/canbao-error.ts';
import type { Service } from '../service.ts';
import { newToken, tokenHash } from '../tokens.ts';
import { type CheckedPresentation, checkPresentation } from '../verdicts/check-presentation.ts';
import type { VerdictPolicy } from '../verdicts/policy.ts';
import { type VerdictJson, verdictJson } from '../verdicts/verdict-json.ts';
import { keepDelivery, sendDelivery } from '../webhooks/queue-verdict.ts';
import { releaseNullifier } from './release-nullifier.ts';
import { askedIn, assertOpen, type RequestRow, requestRow } from './stored-request.ts';
import { readVpToken } from './vp-token.ts';

/** A verdict as it is kept: its texts are those of the day it was given. */
export type StoredVerdict = Readonly<Record<Language, VerdictJson>>;

export interface Answered {
  readonly verdict: StoredVerdict;
  /** Where the browser that answered goes on to, with the code that reads the verdict. */
  readonly redirectUri?: string;
}

/**
 * Holds an answer against the verifier's own copy of the request. A valid one closes the request,
 * once, however many come at the same time; any other leaves it open. What is kept is the verdict,
 * never the presentation.
 * @param vpToken see `readVpToken`
 * @throws request.unknown, request.answered, request.cancelled, request.expired,
 * request.wrong_state, presentation.malformed and the like for what is no presentation, and what
 * `checkPresentation` throws
 */
export async function answerRequest(
  service: Service,
  id: string,
  { vpToken, state }: { readonly vpToken: unknown; readonly state?: string },
): Promise<Answered> {
  const row = await requestRow(service, id);
  assertOpen(row, service);
  if (state !== undefined && state !== id) throw new CanbaoError('request.wrong_state');
  const request = askedIn(row);
  const checked = await checkPresentation(service, readVpToken(vpToken, request), {
    request,
    policy: row.policy as VerdictPolicy,
    requestId: id,
  });
  const { valid, reason, detail } = checked.verdict;
  if (reason === 'malformed' && detail) throw new CanbaoError(detail.code, detail.facts);
  const verdict = storedVerdict(checked);
  if (!valid) return { verdict };

  const code = row.redirect_uri === null ? undefined : newToken(service.random);
  if (!(await closeRequest(service, row, verdict, code))) {
    await releaseNullifier(service, id, checked.verdict);
    assertOpen(await requestRow(service, id), service);
    throw new CanbaoError('request.answered');
  }
  return {
    verdict,
    ...(code && { redirectUri: `${row.redirect_uri}#response_code=${code}` }),
  };
}

/** Keeps the verdict and what is to be sent of it, together. @returns whether it was open still */
async function closeRequest(
  service: Service,
  { id, webhook_url: url, webhook_secret: secret }: RequestRow,
  verdict: StoredVerdict,
  code: string | undefined,
): Promise<boolean> {
  const now = new Date(service.clock() * 1000);
  const closed = await service.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('presentation_request')
      .set({
        state: 'answered',
        verdict: JSON.stringify(verdict),
        answered_at: now,
        response_code_hash: code ? tokenHash(code) : null,
      })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .where('expires_at', '>', now)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return undefined;
    const delivery =
      url !== null && secret !== null
        ? await keepDelivery(service, trx, { requestId: id, url, secret, verdict: verdict.en })
        : undefined;
    return { delivery };
  });
  if (!closed) return false;
  // What cannot be handed on now is when the next worker starts: the answer stands.
  if (closed.delivery !== undefined) await sendDelivery(service, closed.delivery).catch(() => {});
  return true;
}

function storedVerdict(checked: CheckedPresentation): StoredVerdict {
  return { en: verdictJson(checked, 'en'), zh: verdictJson(checked, 'zh') };
}
