import { systemClock } from '../../../../src/core/clock.ts';
import { systemRandom } from '../../../../src/core/random.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';
import { epochsFromFile } from '../../../../src/verify/epochs-file.ts';
import type { EpochsPort } from '../../../../src/verify/ports.ts';
import {
  type AnyExpectation,
  type AnyVerdict,
  verifyAnyPresentations,
} from '../../../../src/verify/verify-any.ts';
import { type ChainRoots, openChainRoots, type PublishedWhere } from '../../shared/chain-roots.ts';
import { verificationKeys } from '../../shared/keys.ts';
import { network } from '../../shared/network.ts';
import { type Expectation, requestOf } from './expectation.ts';
import type { PresentationInput } from './read-presentation-text.ts';

/** Where the page looks epoch roots up. */
export type RootSource =
  | { readonly kind: 'chain'; readonly rpcUrl?: string | undefined }
  /** `canbao/epochs@1`, from where the reader trusts it. */
  | { readonly kind: 'file'; readonly epochs: unknown };

/** Where they were looked up. */
export type UsedRoots =
  | { readonly kind: 'chain'; readonly roots: ChainRoots }
  | { readonly kind: 'file' };

/** What the page checks with: opened once for many. */
export interface PageVerifier {
  readonly roots: UsedRoots;
  /** Verdicts in order; proofs are checked together. */
  check(inputs: readonly PresentationInput[], expectation: Expectation): Promise<AnyVerdict[]>;
  /** Where the root of a verdict was published; undefined where nobody says. */
  publicationOf(verdict: AnyVerdict): Promise<PublishedWhere | undefined>;
}

/**
 * Opens what is needed to come to a verdict in this page: nothing of a presentation leaves it.
 * @throws chain.unreachable, chain.wrong_network, epochs.malformed, sdk.unreachable, key.bad_file
 */
export async function openPageVerifier(source: RootSource): Promise<PageVerifier> {
  const [{ chainId, registry, production }, keys, roots] = await Promise.all([
    network(),
    verificationKeys(),
    openRoots(source),
  ]);
  const ports = {
    ...{ statements: statementRegistry, epochs: roots.epochs, keys },
    ...{ clock: systemClock, random: systemRandom },
  };
  return {
    roots: roots.used,
    check(inputs, expectation) {
      const request = requestOf(expectation);
      const expected: AnyExpectation = {
        domain: { chainId, verifyingContract: registry },
        production,
        ...(request && { request }),
        ...(expectation.kind === 'audience' && { audience: expectation.audience }),
      };
      return verifyAnyPresentations(inputs, ports, expected);
    },
    async publicationOf({ epochRoot }) {
      const { used } = roots;
      return used.kind === 'chain' && epochRoot ? used.roots.publicationOf(epochRoot) : undefined;
    },
  };
}

async function openRoots(source: RootSource): Promise<{ epochs: EpochsPort; used: UsedRoots }> {
  if (source.kind === 'file') {
    return { epochs: epochsFromFile(source.epochs), used: { kind: 'file' } };
  }
  const roots = await openChainRoots(source.rpcUrl);
  return { epochs: roots, used: { kind: 'chain', roots } };
}
