import type { ApiOptions } from './api-options.ts';

/**
 * JSON-RPC that pages may ask: what the configuration names, and else the development chain itself.
 * A chain of one's own may be behind a key, and is not given out unasked.
 */
export function publicRpcUrls(
  service: ApiOptions['service'],
  config: ApiOptions['config'],
): string[] {
  if (config.publicRpc) return [...config.publicRpc];
  return service.chain.isEmbedded ? [service.chain.registry.chain.url] : [];
}
