import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify';

/**
 * Log lines name a request and how it ended. Bodies never come here; signatures and whatever an
 * error of the database carries beside its message (statements, values) are left out.
 */
export function loggerOptions(stream: {
  write(line: string): void;
}): Exclude<FastifyServerOptions['logger'], boolean | undefined | FastifyBaseLogger> {
  return {
    level: 'info',
    stream,
    redact: ['req.headers', 'res.headers'],
    serializers: {
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        message: error.message,
        stack: error.stack ?? '',
        ...(error.code !== undefined && { code: error.code }),
      }),
    },
  };
}
