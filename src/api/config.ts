import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type ListenAddress, parseListen } from '../http/listen.ts';

const count = (least: number, most: number, fallback: number) =>
  z.coerce.number().pipe(z.int().min(least).max(most)).default(fallback);

/** Of some 10 ms each: the last one waits a fraction of a second. */
const VERDICTS_A_THREAD = 16;

const environment = z.object({
  CANBAO_LISTEN: z.string().default('127.0.0.1:7200'),
  CANBAO_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  CANBAO_REQUESTS_A_MINUTE: count(1, 1_000_000, 600),
  CANBAO_BODY_BYTES: count(1024, 2 ** 26, 512 * 1024),
  CANBAO_UPLOAD_BYTES: count(1024, 2 ** 40, 2 ** 33),
  CANBAO_REQUEST_SECONDS: count(1, 3600, 30),
  CANBAO_IN_FLIGHT: count(1, 100_000, 32),
  CANBAO_VERIFY_THREADS: count(0, 256, Math.max(1, availableParallelism() - 1)),
  CANBAO_VERDICTS_IN_FLIGHT: z.coerce.number().pipe(z.int().min(1).max(100_000)).optional(),
  CANBAO_PROVERS: count(0, 64, 1),
  CANBAO_CLAIMS_WEBHOOK: z.url({ protocol: /^https?$/ }).optional(),
  CANBAO_CLAIMS_WEBHOOK_SECRET: z.string().startsWith('whsec_').optional(),
  CANBAO_PUBLIC_RPC: z
    .string()
    .transform((text) => text.split(',').map((url) => url.trim()))
    .pipe(z.array(z.url({ protocol: /^https?$/ })))
    .optional(),
  CANBAO_TRUST_PROXY: z.enum(['true', 'false']).default('false'),
  CANBAO_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  CANBAO_OIDC_AUDIENCE: z.string().min(1).default('canbao'),
  CANBAO_OIDC_CLIENT: z.string().min(1).optional(),
  CANBAO_OIDC_SCOPE: z.string().min(1).default('openid'),
});

/** How the service is set up, read and checked once, when it starts. */
export interface ServiceConfig {
  readonly listen: ListenAddress;
  /** Where people reach it; by default where it listens. */
  readonly origin: string | undefined;
  readonly requestsAMinute: number;
  readonly bodyBytes: number;
  readonly uploadBytes: number;
  readonly requestSeconds: number;
  /** Requests worked on at once; more are refused with 503. */
  readonly inFlight: number;
  /** Threads that check proofs; 0: the serving thread does. */
  readonly verifyThreads: number;
  /** Of those, requests that take a verdict. */
  readonly verdictsInFlight: number;
  /** Proofs made at once for holders who ask for it; 0: other processes make them. */
  readonly provers: number;
  /** Where claims that are registered on the chain are delivered; undefined: they are kept only. */
  readonly claimsWebhook: { readonly url: string; readonly secret: string } | undefined;
  /** JSON-RPC that pages may ask; undefined: the development chain, if that is used. */
  readonly publicRpc: readonly string[] | undefined;
  /** Whether a proxy in front tells the caller's address. */
  readonly trustProxy: boolean;
  /** Who vouches for operators; without it the built-in development issuer, outside production. */
  readonly oidc: {
    readonly issuer: string | undefined;
    readonly audience: string;
    /** As whom the bureau's page signs operators in; without it they bring a token. */
    readonly client: string | undefined;
    readonly scope: string;
  };
}

/** @throws service.bad_setting naming the variable */
export function readConfig(variables: NodeJS.ProcessEnv): ServiceConfig {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    const facts = { name: String(issue?.path[0] ?? '?'), reason: issue?.message ?? 'invalid' };
    throw new CanbaoError('service.bad_setting', facts);
  }
  const own = read.data;
  return {
    listen: parseListen(own.CANBAO_LISTEN, 'CANBAO_LISTEN'),
    origin: own.CANBAO_ORIGIN && originOf(own.CANBAO_ORIGIN),
    requestsAMinute: own.CANBAO_REQUESTS_A_MINUTE,
    bodyBytes: own.CANBAO_BODY_BYTES,
    uploadBytes: own.CANBAO_UPLOAD_BYTES,
    requestSeconds: own.CANBAO_REQUEST_SECONDS,
    inFlight: own.CANBAO_IN_FLIGHT,
    verifyThreads: own.CANBAO_VERIFY_THREADS,
    verdictsInFlight:
      own.CANBAO_VERDICTS_IN_FLIGHT ?? VERDICTS_A_THREAD * Math.max(1, own.CANBAO_VERIFY_THREADS),
    provers: own.CANBAO_PROVERS,
    claimsWebhook: claimsWebhookOf(own.CANBAO_CLAIMS_WEBHOOK, own.CANBAO_CLAIMS_WEBHOOK_SECRET),
    publicRpc: own.CANBAO_PUBLIC_RPC,
    trustProxy: own.CANBAO_TRUST_PROXY === 'true',
    oidc: {
      ...{ issuer: own.CANBAO_OIDC_ISSUER, audience: own.CANBAO_OIDC_AUDIENCE },
      ...{ client: own.CANBAO_OIDC_CLIENT, scope: own.CANBAO_OIDC_SCOPE },
    },
  };
}

function claimsWebhookOf(url: string | undefined, secret: string | undefined) {
  if (!url) return undefined;
  if (secret) return { url, secret };
  const facts = { name: 'CANBAO_CLAIMS_WEBHOOK_SECRET', reason: 'set with CANBAO_CLAIMS_WEBHOOK' };
  throw new CanbaoError('service.bad_setting', facts);
}

function originOf(text: string): string {
  const url = new URL(text);
  if (url.origin !== text.replace(/\/$/, '')) {
    const reason = 'an origin, such as https://canbao.example';
    throw new CanbaoError('service.bad_setting', { name: 'CANBAO_ORIGIN', reason });
  }
  return url.origin;
}
