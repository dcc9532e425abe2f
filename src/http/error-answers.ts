import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { CanbaoError, type Language } from '../core/errors/canbao-error.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';

/** Every error of a server leaves as problem+json with a code of the catalogue, and nothing more. */
export function answerErrors(app: FastifyInstance): void {
  app.decorateRequest('refusedWith', undefined);
  app.setErrorHandler((error, request, reply) => {
    const coded = asCoded(error);
    if (coded.code === 'core.internal') request.log.error({ err: error }, 'unexpected');
    request.refusedWith = coded.code;
    // Serialised here: a route's response schema is of its good answers.
    return reply
      .code(coded.status)
      .type(PROBLEM_TYPE)
      .serializer(JSON.stringify)
      .send(problemOf(coded, languageOf(request)));
  });
  app.setNotFoundHandler(() => {
    throw new CanbaoError('http.not_found');
  });
}

function asCoded(error: unknown): CanbaoError {
  if (error instanceof CanbaoError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [issue] = error.validation;
    const reason = `${error.validationContext ?? ''}${issue?.instancePath ?? ''}`;
    return new CanbaoError('http.bad_request', { reason }, error);
  }
  const { statusCode = 500, code = '' } = error as { statusCode?: number; code?: string };
  if (statusCode === 413) return new CanbaoError('http.too_large', {}, error);
  if (statusCode >= 400 && statusCode < 500) {
    return new CanbaoError('http.bad_request', { reason: code || `status ${statusCode}` }, error);
  }
  return new CanbaoError('core.internal', { what: 'see the log of the server' }, error);
}

/** Chinese for whoever prefers it, English for everybody else. */
export function languageOf({ headers }: FastifyRequest): Language {
  return headers['accept-language']?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
