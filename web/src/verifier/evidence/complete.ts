import { toEpochRoot } from '../../../../src/core/brands.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { openChainRoots } from '../../shared/chain-roots.ts';
import { keyManifest } from '../../shared/keys.ts';
import { keysOf } from '../verdict/statement-keys.ts';
import type { Found } from './evidence.ts';

/**
 * What a service found, with where the chain has the root and the keys of the statements, as far as
 * they can be reached: evidence is worth keeping without them.
 */
export async function completed(found: Found): Promise<Found> {
  const { checkedBy, verdict } = found;
  if (checkedBy === 'page' || verdict.root === undefined) return found;
  const root = toEpochRoot(BigInt(verdict.root));
  const [where, manifest] = await Promise.all([
    ifReached(async () => {
      const roots = await openChainRoots();
      const { chainId, registry } = roots;
      return { chain: { chainId, registry }, publication: await roots.publicationOf(root) };
    }),
    ifReached(keyManifest),
  ]);
  return { ...found, ...where, keys: keysOf(verdict.statements, manifest) };
}

async function ifReached<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CanbaoError) return undefined;
    throw error;
  }
}
