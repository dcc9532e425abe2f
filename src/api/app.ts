import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { answerErrors } from '../http/error-answers.ts';
import { loggerOptions, OneLineLog } from '../http/logger.ts';
import type { ApiOptions } from './api-options.ts';
import { admission } from './plugins/admission.ts';
import { bodyTime } from './plugins/body-time.ts';
import { metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { publicRpcUrls } from './public-rpc.ts';
import { bureauRoutes } from './routes/bureau.ts';
import { certificateRoutes } from './routes/certificates.ts';
import { developmentChainRoutes } from './routes/development-chain.ts';
import { holderRoutes } from './routes/holder.ts';
import { keyRoutes } from './routes/keys.ts';
import { networkRoutes } from './routes/network.ts';
import { operationRoutes } from './routes/operations.ts';
import { pageRoutes } from './routes/pages.ts';
import { presentationRoutes } from './routes/presentations.ts';
import { presetRoutes } from './routes/presets.ts';
import { proofRoutes } from './routes/proofs.ts';
import { requestRoutes } from './routes/requests.ts';

export interface AppOptions extends ApiOptions {
  /** Folder of the built pages; default: where they are built to. */
  readonly pages?: string | undefined;
  /** Where log lines go; nowhere without it. */
  readonly log?: { write(line: string): void } | undefined;
}

/** The service over HTTP; owns neither socket nor process. */
export async function serviceApp(options: AppOptions): Promise<FastifyInstance> {
  const { service, config, log } = options;
  const app = fastify({
    logger: log ? loggerOptions(log) : false,
    logController: new OneLineLog(),
    bodyLimit: config.bodyBytes,
    trustProxy: config.trustProxy,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  // First of all: what there is no room for must cost next to nothing.
  await app.register(admission, config);
  await app.register(openapi, { origin: service.origin });
  await app.register(bodyTime, { seconds: config.requestSeconds });
  await app.register(pageRoutes, {
    rpcUrls: publicRpcUrls(service, config),
    issuer: config.oidc.issuer,
    folder: options.pages,
  });
  await app.register(helmet);
  await app.register(rateLimit, {
    max: config.requestsAMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_, { ttl }) =>
      new CanbaoError('http.too_many', { seconds: Math.ceil(ttl / 1000) }),
  });

  await app.register(metrics, { service });

  const api: ApiOptions = { service, config };
  await app.register(operationRoutes, api);
  await app.register(keyRoutes, api);
  await app.register(networkRoutes, api);
  await app.register(developmentChainRoutes, api);
  await app.register(presentationRoutes, api);
  await app.register(certificateRoutes, api);
  await app.register(presetRoutes, api);
  await app.register(requestRoutes, api);
  await app.register(bureauRoutes, api);
  await app.register(holderRoutes, api);
  await app.register(proofRoutes, api);
  return app as unknown as FastifyInstance;
}
