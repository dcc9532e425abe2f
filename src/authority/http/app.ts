import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Address, LocalAccount } from 'viem';
import { type RegistryContract, registryAuthorities } from '../../chain/registry.ts';
import { type Clock, systemClock } from '../../core/clock.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { builtEpochs, type StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { readTile } from '../../ledger/store/tiles.ts';
import { feedTable } from '../feed/feed-table.ts';
import { feedRows } from '../feed/read-feed.ts';
import type { Leader } from '../replica/leader.ts';
import type { CoSignJobs } from './co-sign-job.ts';
import { answerErrors } from './error-answers.ts';
import { loggerOptions } from './logger.ts';
import {
  authorityAnswer,
  coSignAnswer,
  coSignBody,
  decodeCoSign,
  feedParams,
  feedQuery,
  tileParams,
} from './messages.ts';
import { checkRequest } from './request-signature.ts';
import { spendNonce } from './spend-nonce.ts';

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

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came: what the signature is over. */
    rawBody?: Buffer;
    /** Who asks, once that is checked. */
    authority?: Address;
  }
}

/** The server of one authority: its ledger for the others to rebuild, its signature for what it rebuilt. */
export async function authorityApp(options: AuthorityAppOptions): Promise<FastifyInstance> {
  const { account, registry, ledger, jobs, leaderOf, clock = systemClock } = options;
  const limits = { ...LIMITS, ...options.limits };
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const authorities = remembered(() => registryAuthorities(registry), limits.authoritiesMs);
  const app = fastify({
    logger: options.log ? loggerOptions(options.log) : false,
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
    closed.addHook('preValidation', authenticate);
    const routes = closed.withTypeProvider<ZodTypeProvider>();

    routes.post(
      '/v1/authority/co-signatures',
      { schema: { body: coSignBody, response: { 200: coSignAnswer } } },
      async (request) => {
        const { authority } = request;
        if (!jobs || !leaderOf || !authority) throw new CanbaoError('authority.signs_nothing');
        return jobs.request(decodeCoSign(request.body), (signal) => leaderOf(authority, signal));
      },
    );

    routes.get(
      '/v1/authority/feed/:table',
      { schema: { params: feedParams, querystring: feedQuery } },
      async (request, reply) => {
        const { epoch: id, after } = request.query;
        const { store, epoch } = await epochOf(id);
        const table = feedTable(request.params.table);
        const rows = feedRows(store.db, table, epoch, { after, limit: limits.rowsAnAnswer });
        reply.header('content-type', 'application/x-ndjson').header('content-encoding', 'gzip');
        const zipped = createGzip({ level: 3 });
        const lines = Readable.from(linesOf(rows));
        lines.on('error', (error) => zipped.destroy(error));
        zipped.on('close', () => lines.destroy());
        return reply.send(lines.pipe(zipped));
      },
    );

    routes.get(
      '/v1/authority/tiles/:epoch/:tree/:level/:index',
      { schema: { params: tileParams } },
      async (request, reply) => {
        const { epoch: id, tree, level, index } = request.params;
        const { store, epoch } = await epochOf(id);
        const nodes = await readTile(store.db, { tree, level, index }, epoch.id);
        reply.header('content-type', 'application/octet-stream');
        return reply.send(Buffer.from(nodes));
      },
    );
  });
  return app as unknown as FastifyInstance;

  /** Only an authority of the registry comes further, and with each request once. */
  async function authenticate(request: FastifyRequest): Promise<void> {
    const now = clock();
    const body = request.rawBody ?? Buffer.alloc(0);
    const { method, url: path, headers } = request;
    const content = { to: account.address, method, path, body };
    const signed = await checkRequest(domain, headers, content, now);
    const known = await authorities();
    if (!known.authorities.some((one) => one.toLowerCase() === signed.authority.toLowerCase())) {
      throw new CanbaoError('authority.not_authority', { address: signed.authority });
    }
    if (!(await spendNonce(options.requests.db, signed, now))) {
      throw new CanbaoError('authority.replayed_request');
    }
    request.authority = signed.authority;
  }

  async function epochOf(id: number): Promise<{ store: Store; epoch: StoredEpoch }> {
    if (!ledger) throw new CanbaoError('authority.serves_no_ledger');
    const [epoch] = await builtEpochs(ledger.db, { id });
    if (!epoch) throw new CanbaoError('ledger.unknown_epoch', { what: `number ${id}` });
    return { store: ledger, epoch };
  }
}

async function* linesOf(parts: AsyncIterable<readonly unknown[]>): AsyncIterable<string> {
  for await (const rows of parts) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Asks at most once in `ms`; a failure is not remembered. */
function remembered<T>(ask: () => Promise<T>, ms: number): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (answer && Date.now() < until) return answer;
    until = Date.now() + ms;
    const asked = ask();
    answer = asked;
    asked.catch(() => {
      if (answer === asked) answer = undefined;
    });
    return asked;
  };
}
