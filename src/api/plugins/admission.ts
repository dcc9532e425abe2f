import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False where a route is never refused, as streams and probes; or what else bounds it. */
    readonly admission?: false | 'verdict';
  }
  interface FastifyRequest {
    isAdmitted: boolean;
  }
}

export interface AdmissionOptions {
  /** Requests worked on at once; more are refused at once, so that those keep their pace. */
  readonly inFlight: number;
  /** Those that take a verdict: milliseconds of arithmetic each. */
  readonly verdictsInFlight: number;
}

const RETRY_AFTER_SECONDS = 1;

/** Answers 503 where more is asked than can be done. */
export const admission = fp(async (app: FastifyInstance, most: AdmissionOptions) => {
  let admitted = 0;
  let verdicts = 0;
  const refuse = () => new CanbaoError('service.overloaded');

  await app.register(underPressure, {
    // An interval without a sample counts as endless delay: a short one would, after one long import step.
    sampleInterval: 5000,
    maxEventLoopDelay: 2000,
    maxHeapUsedBytes: 3 * 2 ** 30,
    retryAfter: RETRY_AFTER_SECONDS,
    pressureHandler(request) {
      if (request.routeOptions.config.admission !== false) throw refuse();
    },
  });
  app.decorateRequest('isAdmitted', false);
  const assertRoom = (request: FastifyRequest, reply: FastifyReply) => {
    const { admission } = request.routeOptions.config;
    const isFull = admission === 'verdict' && verdicts >= most.verdictsInFlight;
    if (admission === false || (admitted < most.inFlight && !isFull)) return;
    reply.header('retry-after', RETRY_AFTER_SECONDS);
    throw refuse();
  };
  // At once, before anything is read: refusing must cost next to nothing.
  app.addHook('onRequest', async (request, reply) => assertRoom(request, reply));
  // Once the body is there: who sends it slowly takes nobody's place.
  app.addHook('preValidation', async (request, reply) => {
    const { admission } = request.routeOptions.config;
    if (admission === false) return;
    assertRoom(request, reply);
    admitted++;
    if (admission === 'verdict') verdicts++;
    request.isAdmitted = true;
  });
  // Every answer comes by here, whether its caller still waits or not.
  app.addHook('onSend', async (request) => {
    if (!request.isAdmitted) return;
    request.isAdmitted = false;
    admitted--;
    if (request.routeOptions.config.admission === 'verdict') verdicts--;
  });
});
