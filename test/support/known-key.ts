import type {
  ContractPresentation,
  ContractRequest,
} from '../../src/chain/contract-presentation.ts';
import type { RegistryDomain } from '../../src/chain/epoch-commitment.ts';
import { proofToWords } from '../../src/groth16/proof.ts';
import { verificationKeyWords } from '../../src/groth16/verification-key.ts';
import { type Random, seededRandom } from './random.ts';
import { simulatedClaim, trapdoorKey } from './simulated-claim.ts';
import { requestHashFor } from './tiny-presentation.ts';

/**
 * A statement whose key's trapdoor is known: proofs of whatever signals in milliseconds, which the
 * contracts take as they take any other. For tests of what is done with proofs, in numbers.
 */
export interface KnownKey {
  /** `bigint[26]`, as contracts are deployed with it. */
  readonly words: readonly bigint[];
  /** 13 words: a proof, then the signals it proves. @param error not 0: it does not prove them */
  prove(signals?: readonly bigint[], error?: bigint): bigint[];
  /** The request answered. */
  present(
    domain: RegistryDomain,
    request: ContractRequest,
    answer: { readonly epochRoot: bigint; readonly nullifier: bigint; readonly error?: bigint },
  ): ContractPresentation;
}

export function knownKey(seed: string): KnownKey {
  const random: Random = seededRandom(seed);
  const trapdoor = trapdoorKey(random);
  const prove: KnownKey['prove'] = (signals, error = 0n) => {
    const claim = simulatedClaim(trapdoor, random, {
      ...(signals && { signals: [...signals] }),
      error,
    });
    return [...proofToWords(claim.proof as never), ...claim.signals];
  };
  return {
    words: verificationKeyWords(trapdoor.key),
    prove,
    present(domain, request, { epochRoot, nullifier, error = 0n }) {
      const { scope, params } = request;
      const signals = [nullifier, epochRoot, scope, requestHashFor(domain, request), params];
      return { request, epochRoot, nullifier, proof: prove(signals, error).slice(0, 8) };
    },
  };
}
