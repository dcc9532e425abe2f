import { z } from 'zod';
import { MAX_SET_REQUESTS } from '../../../request/request-set.ts';
import type { RequestToOpen } from '../../../service/presenting/open-request.ts';
import { policyBody } from '../../../service/verdicts/policy.ts';
import { verdictAnswer } from '../../../service/verdicts/verdict-json.ts';
import { presetInputBody } from './preset-inputs.ts';

const DAY_SECONDS = 86_400;
const DEFAULT_DAYS = 7;

const seconds = z.int().meta({ description: 'Unix seconds' });
const slug = z.string().max(80);
const params = z
  .record(z.string().max(80), z.union([z.string().regex(/^(0|[1-9]\d{0,76})$/), z.int().min(0)]))
  .meta({ description: "The statement's params: decimals, months as months since 1900-01" });

/** What a verifier asks. */
export const newRequestBody = z.strictObject({
  preset: z
    .union([slug, z.array(slug).min(1).max(MAX_SET_REQUESTS)])
    .exactOptional()
    .meta({ description: 'A preset, or several; or else `asks`' }),
  input: presetInputBody.exactOptional().meta({ description: 'What presets need' }),
  asks: z
    .array(z.strictObject({ statement: z.string().max(80), params }))
    .min(1)
    .max(MAX_SET_REQUESTS)
    .exactOptional(),
  mode: z.enum(['all', 'any']).exactOptional().meta({ description: 'Of several; default: all' }),
  audience: z.string().max(300).exactOptional().meta({
    description: "Who asks: the verifier's own audience, without an API key this service's origin",
  }),
  purpose: z.string().max(480).meta({ description: 'What for; a holder has one nullifier for it' }),
  expiresIn: z
    .int()
    .min(60)
    .max(366 * DAY_SECONDS)
    .default(DEFAULT_DAYS * DAY_SECONDS)
    .meta({ description: 'Seconds it may be answered' }),
  redirectUri: z.string().max(2000).exactOptional().meta({
    description:
      'Within the audience: where the answering browser goes on to, `#response_code=…` added. The verdict is then read with that code.',
  }),
  webhook: z
    .strictObject({ url: z.string().max(2000) })
    .exactOptional()
    .meta({ description: 'Where the verdict is sent, signed; not with a redirect URI' }),
  policy: policyBody.exactOptional(),
});

/** The same as the service takes it. */
export function toOpen(body: z.output<typeof newRequestBody>): Omit<RequestToOpen, 'verifier'> {
  const { preset, input, asks, mode, audience, redirectUri, webhook, policy = {} } = body;
  return {
    question: {
      ...(preset !== undefined && { presets: [preset].flat() }),
      ...(input && { input }),
      ...(asks && { asks: asks.map((ask) => ({ ...ask, params: bigints(ask.params) })) }),
      ...(mode && { mode }),
    },
    purpose: body.purpose,
    expiresIn: body.expiresIn,
    policy,
    ...(audience !== undefined && { audience }),
    ...(redirectUri !== undefined && { redirectUri }),
    ...(webhook && { webhookUrl: webhook.url }),
  };
}

function bigints(values: Readonly<Record<string, string | number>>): Record<string, bigint> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, BigInt(value)]));
}

/** A request file. */
const requestFile = z.looseObject({ format: z.string() }).meta({
  description: '`canbao/request@1` or `canbao/request-set@1`',
});

export const openedRequest = z.object({
  id: z.string(),
  requestUri: z.string().meta({ description: 'Where a wallet reads it' }),
  link: z.string().meta({ description: 'Opens a wallet: `openid4vp://…`' }),
  page: z
    .string()
    .meta({ description: 'Opens the wallet of this service: to be shown as QR code' }),
  token: z.string().meta({ description: 'Reads the verdict; keep it, it is not told again' }),
  expiresAt: seconds,
  webhookSecret: z.string().exactOptional().meta({
    description: 'Signs what is sent to the webhook; keep it, it is not told again',
  }),
  request: requestFile,
});

/** Shaped as an authorization request of OpenID4VP 1.0. */
export const authorizationRequestAnswer = z.object({
  response_type: z.literal('vp_token'),
  response_mode: z.literal('direct_post'),
  client_id: z.string(),
  response_uri: z.string(),
  nonce: z.string(),
  state: z.string(),
  dcql_query: z.object({
    credentials: z.array(
      z.object({
        id: z.string(),
        format: z.literal('canbao/presentation@1'),
        meta: z.object({ statement: z.string() }),
      }),
    ),
    credential_sets: z
      .array(z.object({ options: z.array(z.array(z.string())), required: z.boolean() }))
      .exactOptional(),
  }),
  canbao_request: requestFile,
});

const responseState = z.string().max(100).exactOptional();

/** `direct_post`: as a form `vp_token` is JSON text. */
const answerBody = z.object({
  vp_token: z.union([z.string(), z.record(z.string(), z.unknown())]).meta({
    description:
      'A presentation file, or as in OpenID4VP arrays of one presentation by the ids of `dcql_query`',
  }),
  state: responseState,
  error: z.never().exactOptional(),
});

/** OpenID4VP's answer of who does not want to. */
const declineBody = z.object({
  error: z.literal('access_denied'),
  error_description: z.string().exactOptional().meta({ description: 'Dropped unread' }),
  state: responseState,
  vp_token: z.never().exactOptional(),
});

export const responseBody = z.union([answerBody, declineBody]);

const verdictGiven = z.object({
  verified: z.boolean(),
  reason: z.string(),
  text: z.string(),
  redirect_uri: z.string().exactOptional().meta({ description: 'Where the browser goes on to' }),
});

export const responseAnswer = z.union([verdictGiven, z.object({ state: z.literal('declined') })]);

export const standing = z.object({
  state: z.enum(['open', 'declined', 'answered', 'cancelled', 'expired']).meta({
    description: '`declined` is a notice: it may still be answered',
  }),
  expiresAt: seconds,
  answeredAt: seconds.exactOptional(),
  declinedAt: seconds.exactOptional(),
});

export const outcome = standing.extend({ verdict: verdictAnswer.exactOptional() });
