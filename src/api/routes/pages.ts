import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../../keys/paths.ts';
import { pagePolicy } from '../plugins/page-policy.ts';

export interface PagesOptions {
  /** Where pages may ask the chain. */
  readonly rpcUrls: readonly string[];
  /** Where the bureau's page signs operators in. */
  readonly issuer?: string | undefined;
  /** Default: where `npm run pages` builds them. */
  readonly folder?: string | undefined;
}

/** Where the pages are built to. */
export const pagesFolder = join(packageRoot, 'build', 'web');

const PAGES = ['wallet', 'verifier', 'bureau', 'ledger'];
const YEAR_SECONDS = 31_536_000;
const NOT_BUILT = `The pages are not built. Build them with: npm run pages
The interface is served without them, see /docs

页面尚未构建。请运行：npm run pages
接口不受影响，说明见 /docs
`;

/**
 * The pages people use: files, the same for everybody. Registered before what limits and counts
 * calls of the interface.
 */
export async function pageRoutes(app: FastifyInstance, options: PagesOptions) {
  const { rpcUrls, issuer, folder = pagesFolder } = options;
  const hidden = { schema: { hide: true } };

  // A request's link: the part behind # stays in the browser.
  app.get<{ Params: { id: string } }>('/r/:id', hidden, async ({ params }, reply) =>
    reply.redirect(`/wallet/#/r/${encodeURIComponent(params.id)}`),
  );
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/', hidden, async (_, reply) =>
      reply.type('text/plain; charset=utf-8').send(NOT_BUILT),
    );
    return;
  }
  app.addHook('onRoute', (route) => {
    // Files are small and the same for everybody: none is refused for what else is under way.
    const isBureau = route.url.startsWith('/bureau/');
    const helmet = pagePolicy(isBureau && issuer ? [...rpcUrls, issuer] : rpcUrls);
    route.config = { ...route.config, helmet, admission: false } as object;
  });
  app.addHook('onRequest', async (_, reply) => {
    reply.header('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=()');
  });
  for (const page of PAGES) {
    app.get(`/${page}`, hidden, async (_, reply) => reply.redirect(`/${page}/`));
  }
  await app.register(fastifyStatic, {
    root: folder,
    // The files there are when it starts, each a route: no path leads anywhere else.
    wildcard: false,
    globIgnore: ['**/*.br', '**/*.gz'],
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    setHeaders(response, path) {
      // Names of assets hold their hash.
      const isHashed = path.includes('/assets/');
      const lasting = `public, max-age=${YEAR_SECONDS}, immutable`;
      response.setHeader('cache-control', isHashed ? lasting : 'no-cache');
      response.setHeader('vary', 'accept-encoding');
    },
  });
}
