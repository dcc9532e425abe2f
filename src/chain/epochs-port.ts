import type { EpochsPort } from '../verify/ports.ts';
import { epochOfRoot, type RegistryContract } from './registry.ts';

/** Epoch roots looked up on the chain, one call each: an unreachable chain throws, it is no verdict. */
export function epochsFromChain(registry: RegistryContract): EpochsPort {
  return { lookup: (root) => epochOfRoot(registry, root) };
}
