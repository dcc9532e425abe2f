import {
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the error it was answered with. */
    refusedWith: string | undefined;
  }
}

/**
 * Log lines name a request and how it ended. Bodies, queries (event streams carry their token in
 * one), headers and addresses of callers never come here; nor does whatever an error of the database
 * carries beside its message (statements, values).
 */
export function loggerOptions(stream: {
  write(line: string): void;
}): Exclude<FastifyServerOptions['logger'], boolean | undefined | FastifyBaseLogger> {
  return {
    level: 'info',
    stream,
    redact: ['req.headers', 'res.headers'],
    serializers: {
      req: ({ method, url }: FastifyRequest) => ({ method, path: url.split('?', 1)[0] ?? '' }),
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        message: error.message,
        stack: error.stack ?? '',
        ...(error.code !== undefined && { code: error.code }),
      }),
    },
  };
}

/** One line a request, once it is answered. */
export class OneLineLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(
    err: Error | null | undefined,
    req: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const { refusedWith: code } = req;
    const ms = Math.round(reply.elapsedTime);
    const line = { req, status: reply.statusCode, ms, ...(code && { code }) };
    if (err) req.log.error({ ...line, err }, 'broke off');
    else req.log.info(line, 'answered');
  }
}
