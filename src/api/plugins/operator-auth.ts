import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type ActionFacts, logAction } from '../../service/operator-log/operator-log.ts';
import { type Operator, type OperatorRole, roleFor } from '../../service/operators/operator.ts';
import { operatorAuth } from '../../service/operators/operator-auth.ts';
import type { ApiOptions } from '../api-options.ts';
import { bearerOf, streamTokenOf } from './bearer.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Name of what an operator does here; such routes are for operators alone. */
    readonly action?: string;
    /** Any of these may; `admin` always may. */
    readonly roles?: readonly OperatorRole[];
    /** Only refusals are written to the operator log: for what is looked at again and again. */
    readonly quiet?: boolean;
    /** For browsers' event streams, which send no headers: the token may come in the address. */
    readonly tokenInQuery?: boolean;
    /** Its body may take longer than others to come, once the operator is known. */
    readonly slowBody?: boolean;
  }
  interface FastifyRequest {
    /** On routes with an `action`. */
    operator: Operator | null;
    /** What is logged with the action, beside the parameters of the route. */
    actionFacts: ActionFacts;
  }
}

/** The configuration of a route for operators. */
export function operatorRoute(
  action: string,
  roles: readonly OperatorRole[],
  more: { readonly quiet?: boolean; readonly tokenInQuery?: boolean } = {},
) {
  return { action, roles, ...more };
}

/**
 * Routes that name an action are for operators with one of its roles, and what they do, or are
 * refused, is in the operator log before they are answered.
 */
export const operatorPlugin = fp(async (app: FastifyInstance, { service, config }: ApiOptions) => {
  const { home, production, clock } = service;
  const auth = operatorAuth({ oidc: config.oidc, production, home, clock });
  app.decorateRequest('operator', null);
  app.decorateRequest('actionFacts');

  app.addHook('onRequest', async (request, reply) => {
    const { action, roles = [] } = request.routeOptions.config;
    if (action === undefined) return;
    request.actionFacts = {};
    reply.header('cache-control', 'no-store');
    try {
      request.operator = await auth.authenticate(tokenOf(request));
    } catch (error) {
      if (error instanceof CanbaoError && error.status === 401) challenge(reply, error.code);
      throw error;
    }
    if (!roleFor(request.operator, roles)) {
      throw new CanbaoError('operator.wrong_role', { roles: roles.join(', ') });
    }
    if (request.routeOptions.config.slowBody) clearTimeout(request.bodyTimer);
  });

  // Once they are checked: what is refused before may name anything.
  app.addHook('preHandler', async (request) => {
    if (!request.operator) return;
    request.actionFacts = { ...(request.params as ActionFacts) };
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const { operator } = request;
    const { action, roles = [], quiet = false } = request.routeOptions.config;
    if (!operator || action === undefined) return payload;
    const role = roleFor(operator, roles);
    const outcome = outcomeOf(reply, payload);
    if (quiet && role !== undefined) return payload;
    await logAction(service, {
      ...{ operator: operator.subject, role: role ?? operator.roles.join(' ') },
      ...{ action, facts: request.actionFacts, outcome },
    });
    return payload;
  });
});

/** RFC 6750. */
function challenge(reply: FastifyReply, code: string): void {
  const error = code === 'operator.no_token' ? '' : ', error="invalid_token"';
  reply.header('www-authenticate', `Bearer realm="canbao"${error}`);
}

/** @throws operator.no_token */
function tokenOf(request: FastifyRequest): string {
  const { tokenInQuery = false } = request.routeOptions.config;
  const token = tokenInQuery ? streamTokenOf(request) : bearerOf(request);
  if (!token) throw new CanbaoError('operator.no_token');
  return token;
}

function outcomeOf({ statusCode }: FastifyReply, payload: unknown): string {
  if (statusCode < 400) return 'ok';
  try {
    return (JSON.parse(String(payload)) as { code: string }).code;
  } catch {
    return `status ${statusCode}`;
  }
}
