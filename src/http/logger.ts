import type { FastifyBaseLogger, FastifyRequest, FastifyServerOptions } from 'fastify';

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
