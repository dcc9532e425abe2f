import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * What a page may do: run and load what comes from here, and ask the chain, and on the bureau's
 * page the issuer of its operators' tokens. Nothing inline, nobody else. Isolated from other
 * origins, so that its workers may share memory.
 */
export function pagePolicy(elsewhere: readonly string[]): FastifyHelmetOptions {
  const origins = elsewhere.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin);
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        workerSrc: ["'self'", 'blob:'],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", ...new Set(origins)],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  };
}
