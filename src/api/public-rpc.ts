import type { ApiOptions } from './api-options.ts';
import { DEVELOPMENT_CHAIN_PATH } from './routes/development-chain.ts';

/**
 * JSON-RPC that pages may ask, relative to the service: what the configuration names, and else the
 * development chain. A chain of one's own may be behind a key, and is not given out unasked.
 */
export function publicRpcUrls(
  service: ApiOptions['service'],
  config: ApiOptions['config'],
): string[] {
  if (config.publicRpc) return [...config.publicRpc];
  return service.chain.isEmbedded ? [DEVELOPMENT_CHAIN_PATH] : [];
}
