import { utf8ToBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type AnyRequest, encodeAnyRequest } from '../../request/any-request.ts';
import { createAnyRequest } from '../../request/create-any.ts';
import type { Service } from '../service.ts';
import { newId, newToken, tokenHash } from '../tokens.ts';
import type { VerdictPolicy } from '../verdicts/policy.ts';
import type { Verifier } from '../verifiers/verifiers.ts';
import { webhookUrl } from '../webhooks/address.ts';
import { newWebhookSecret } from '../webhooks/sign.ts';
import { type AskedQuestion, readQuestion } from './question.ts';

export interface RequestToOpen {
  readonly question: AskedQuestion;
  /** Default: whom the asker may ask for, which is one audience only. */
  readonly audience?: string;
  readonly purpose: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Where the browser of who answers goes on to. */
  readonly redirectUri?: string;
  readonly webhookUrl?: string;
  readonly policy: VerdictPolicy;
  /** Who asks; undefined: whoever is here, in the service's own name. */
  readonly verifier?: Verifier;
}

/** A request that waits for its answer. */
export interface OpenedRequest {
  readonly id: string;
  readonly request: AnyRequest;
  /** Unix seconds. */
  readonly expiresAt: number;
  /** Reads the verdict; handed out here and never again. */
  readonly token: string;
  /** Its verdict is signed with it on its way to the webhook; handed out here and never again. */
  readonly webhookSecret?: string;
}

/**
 * Asks.
 * @throws request.foreign_audience, request.bad_redirect, request.bad_question, webhook.bad_url,
 * webhook.private_address, and what `readQuestion`, `createRequest`
 * and `createRequestSet` throw
 */
export async function openRequest(service: Service, asked: RequestToOpen): Promise<OpenedRequest> {
  const { db, chain, clock, random, seal } = service;
  const { verifier, purpose, policy } = asked;
  const audience = audienceOf(service, asked);
  const redirectUri = readRedirect(asked.redirectUri, audience);
  const url = asked.webhookUrl && webhookUrl(asked.webhookUrl, service).href;
  if (redirectUri !== undefined && url !== undefined) {
    // It would tell the verdict to who has no response code.
    throw new CanbaoError('request.bad_question', { reason: 'either redirectUri or webhook' });
  }
  const question = await readQuestion(service, asked.question);
  const now = clock();
  const expiresAt = now + asked.expiresIn;
  const domain = chain.domain;
  const request = createAnyRequest({ ...question, audience, purpose, domain, expiresAt }, random);

  const id = newId(random);
  const token = newToken(random);
  const webhookSecret = url && newWebhookSecret(random);
  await db
    .insertInto('presentation_request')
    .values({
      id,
      verifier_id: verifier?.id ?? null,
      request: JSON.stringify(encodeAnyRequest(request)),
      policy: JSON.stringify(policy),
      state: 'open',
      token_hash: tokenHash(token),
      redirect_uri: redirectUri ?? null,
      webhook_url: url ?? null,
      webhook_secret: webhookSecret ? seal.seal(utf8ToBytes(webhookSecret)) : null,
      created_at: new Date(now * 1000),
      expires_at: new Date(expiresAt * 1000),
    })
    .execute();
  return { id, request, expiresAt, token, ...(webhookSecret && { webhookSecret }) };
}

/** A proof is good for its audience alone: nobody asks in the name of another. */
function audienceOf({ origin }: Service, { audience, verifier }: RequestToOpen): string {
  const own = verifier?.audience ?? origin;
  if (audience !== undefined && audience !== own) {
    throw new CanbaoError('request.foreign_audience', { audience: own });
  }
  return own;
}

/** The fragment is where the response code goes. */
function readRedirect(uri: string | undefined, audience: string): string | undefined {
  if (uri === undefined) return undefined;
  const isWithin = URL.canParse(uri) && new URL(uri).origin === audience && !uri.includes('#');
  if (!isWithin) throw new CanbaoError('request.bad_redirect', { audience });
  return new URL(uri).href;
}
