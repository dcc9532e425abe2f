import type { FastifyInstance } from 'fastify';
import { published } from '../../service/bureau/published.ts';
import { declareBureauQueues } from '../../service/bureau/queues.ts';
import type { ApiOptions } from '../api-options.ts';
import { operatorPlugin } from '../plugins/operator-auth.ts';
import { auditRoutes } from './bureau/audits.ts';
import { enrolmentRoutes } from './bureau/enrolments.ts';
import { closingRoutes } from './bureau/epochs.ts';
import { importRoutes } from './bureau/imports.ts';
import { logRoutes } from './bureau/log.ts';
import { publishedRoutes } from './bureau/published.ts';
import { sessionRoutes } from './bureau/session.ts';
import { signInRoutes } from './bureau/sign-in.ts';
import { unfinishedRoutes } from './bureau/unfinished.ts';

/** What the bureau's operators do, and what everybody may know of its ledger. */
export async function bureauRoutes(app: FastifyInstance, api: ApiOptions) {
  await declareBureauQueues(api.service.queue);
  await app.register(publishedRoutes, { published: published(api.service) });
  await app.register(signInRoutes, api);
  await app.register(async (scope) => {
    await scope.register(operatorPlugin, api);
    await scope.register(enrolmentRoutes, api);
    await scope.register(importRoutes, api);
    await scope.register(unfinishedRoutes, api);
    await scope.register(closingRoutes, api);
    await scope.register(auditRoutes, api);
    await scope.register(sessionRoutes, api);
    await scope.register(logRoutes, api);
  });
}
