import { systemClock } from '../../../../src/core/clock.ts';
import { systemRandom } from '../../../../src/core/random.ts';
import type { KeyEntry } from '../../../../src/groth16/manifest.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';
import { epochsFromFile } from '../../../../src/verify/epochs-file.ts';
import type { EpochsPort, KeysPort, VerifyingKey } from '../../../../src/verify/ports.ts';
import {
  type AnyExpectation,
  type AnyVerdict,
  verifyAnyPresentations,
} from '../../../../src/verify/verify-any.ts';
import { type ChainRoots, openChainRoots, type PublishedWhere } from '../../shared/chain-roots.ts';
import { keyManifest, verificationKeys } from '../../shared/keys.ts';
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
  keyEntryOf(statement: string): Promise<KeyEntry | undefined>;
}

/**
 * Opens what is needed to come to a verdict in this page: nothing of a presentation leaves it.
 * @throws chain.unreachable, chain.wrong_network, epochs.malformed, sdk.unreachable, key.bad_file
 */
export async function openPageVerifier(source: RootSource): Promise<PageVerifier> {
  const [{ chainId, registry, production }, manifest, keys, roots] = await Promise.all([
    network(),
    keyManifest(),
    verificationKeys(),
    openRoots(source),
  ]);
  const ports = {
    ...{ statements: statementRegistry, epochs: roots.epochs, keys: readOnce(keys) },
    ...{ clock: systemClock, random: systemRandom },
  };
  return {
    roots: roots.used,
    check(inputs, expectation) {
      const request = requestOf(expectation);
      const expected: AnyExpectation = {
        domain: { chainId, verifyingContract: registry as `0x${string}` },
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
    keyEntryOf: async (statement) => manifest.statements[statement],
  };
}

async function openRoots(source: RootSource): Promise<{ epochs: EpochsPort; used: UsedRoots }> {
  if (source.kind === 'file') {
    return { epochs: epochsFromFile(source.epochs), used: { kind: 'file' } };
  }
  const roots = await openChainRoots(source.rpcUrl);
  return { epochs: roots, used: { kind: 'chain', roots } };
}

/** One fetch a statement, however many presentations there are. */
function readOnce(keys: KeysPort): KeysPort {
  const known = new Map<string, Promise<VerifyingKey>>();
  return {
    get(statement) {
      const reading = known.get(statement) ?? Promise.resolve(keys.get(statement));
      known.set(statement, reading);
      return reading;
    },
  };
}
