import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Address, LocalAccount } from 'viem';
import type { RegistryContract } from '../../chain/registry.ts';
import { type Clock, systemClock } from '../../core/clock.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { answerErrors } from '../../http/error-answers.ts';
import { loggerOptions, OneLineLog } from '../../http/logger.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import type { Leader } from '../replica/leader.ts';
import { authenticator } from './authenticate.ts';
import type { CoSignJobs } from './co-sign-job.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { authorityAnswer, coSignAnswer, coSignBody, decodeCoSign } from './messages.ts';

export interface AuthorityAppOptions {
  /** Whose server this is. */
  readonly account: LocalAccount;
  readonly registry: RegistryContract;
  /** Where requests that were made are remembered. */
  readonly requests: Store;
  /** The ledger given out, if any. */
  readonly ledger?: Store | undefined;
  /** Makes co-signatures, if this server does. */
  readonly jobs?: CoSignJobs | undefined;
  /** Finds the ledger of an authority that asks for a signature. @throws peer.unknown */
  readonly leaderOf?: (address: Address, signal: AbortSignal) => Promise<Leader>;
  readonly clock?: Clock;
  readonly limits?: Partial<AppLimits>;
  readonly tls?: Tls | undefined;
  /** Where log lines go; nowhere without it. */
  readonly log?: { write(line: string): void };
}

/** Certificate and key, PEM. */
export interface Tls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

export interface AppLimits {
  /** Requests a minute and address. */
  readonly requestsAMinute: number;
  /** Rows in one answer; a reader asks again. */
  readonly rowsAnAnswer: number;
  /** For how long the authorities of the registry are remembered, ms. */
  readonly authoritiesMs: number;
}

const LIMITS: AppLimits = { requestsAMinute: 600, rowsAnAnswer: 200_000, authoritiesMs: 5000 };
const BODY_BYTES = 16 * 1024;
/** A request must be all there by then, ms. */
const REQUEST_MS = 10_000;

/** The server of one authority: its ledger for the others to rebuild, its signature for what it rebuilt. */
export async function authorityApp(options: AuthorityAppOptions): Promise<FastifyInstance> {
  const { account, registry, jobs, leaderOf, clock = systemClock } = options;
  const limits = { ...LIMITS, ...options.limits };
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const app = fastify({
    logger: options.log ? loggerOptions(options.log) : false,
    logController: new OneLineLog(),
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    https: options.tls ?? null,
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  await app.register(helmet);
  await app.register(rateLimit, {
    max: limits.requestsAMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_, { ttl }) =>
      new CanbaoError('http.too_many', { seconds: Math.ceil(ttl / 1000) }),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body as Buffer;
    app.getDefaultJsonParser('error', 'error')(request, `${body}`, done);
  });

  app.get('/healthz', { config: { rateLimit: false } }, async () => ({ ok: true }));

  app.get('/v1/authority', { schema: { response: { 200: authorityAnswer } } }, async () => ({
    address: account.address,
    ...domain,
  }));

  await app.register(async (closed) => {
    closed.addHook('preValidation', authenticator({ ...options, ...limits, clock }));
    closed
      .withTypeProvider<ZodTypeProvider>()
      .post(
        '/v1/authority/co-signatures',
        { schema: { body: coSignBody, response: { 200: coSignAnswer } } },
        async (request) => {
          const { authority } = request;
          if (!jobs || !leaderOf || !authority) throw new CanbaoError('authority.signs_nothing');
          return jobs.request(decodeCoSign(request.body), (signal) => leaderOf(authority, signal));
        },
      );

    ledgerRoutes(closed, { ledger: options.ledger, rowsAnAnswer: limits.rowsAnAnswer });
  });
  return app as unknown as FastifyInstance;
}
