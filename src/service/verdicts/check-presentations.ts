import { verifyAnyPresentations } from '../../verify/verify-any.ts';
import type { Service } from '../service.ts';
import {
  type CheckedPresentation,
  expectationOf,
  type PresentationExpectation,
  withAnonymitySet,
} from './check-presentation.ts';
import { verdictWork } from './verdict-work.ts';

/** A presentation under a name of the verifier's. */
export interface NamedPresentation {
  readonly name: string;
  /** Parsed JSON. */
  readonly presentation: unknown;
}

export interface NamedVerdict extends CheckedPresentation {
  readonly name: string;
  /** Name of an earlier one that holds and is of the same holder, where this one holds too. */
  readonly repeats?: string;
}

export interface NamedVerdicts {
  /** One each, in order. */
  readonly verdicts: readonly NamedVerdict[];
  /** Among those that hold; undefined where they are of several scopes, in which nobody can tell. */
  readonly holders?: number;
}

/** Others get their turn after so many: one batched check takes up to half a second. */
const AT_ONCE = 100;

/**
 * The verdicts on many presentations, proofs checked together. Spends nothing.
 * @throws service.overloaded, and what an unreachable chain or database throws
 */
export async function checkPresentations(
  service: Service,
  named: readonly NamedPresentation[],
  expected: Omit<PresentationExpectation, 'requestId'>,
): Promise<NamedVerdicts> {
  const { ports, take } = verdictWork(service);
  const expectation = expectationOf(service, expected);
  const checked: CheckedPresentation[] = [];
  for (let start = 0; start < named.length; start += AT_ONCE) {
    const inputs = named.slice(start, start + AT_ONCE).map(({ presentation }) => presentation);
    const verdicts = await take(() => verifyAnyPresentations(inputs, ports, expectation));
    for (const verdict of verdicts) checked.push(await withAnonymitySet(service, verdict));
  }
  return nameHolders(named, checked);
}

function nameHolders(
  named: readonly NamedPresentation[],
  checked: readonly CheckedPresentation[],
): NamedVerdicts {
  const names = new Map<string, string>();
  const scopes = new Set<bigint>();
  const verdicts = checked.map((one, i): NamedVerdict => {
    const name = named[i]?.name ?? '';
    const { valid, scope = 0n, nullifier } = one.verdict;
    // What does not hold says nothing of its nullifier.
    if (!valid) return { name, ...one };
    const holder = `${scope} ${nullifier}`;
    const repeats = names.get(holder);
    scopes.add(scope);
    if (repeats === undefined) names.set(holder, name);
    return { name, ...one, ...(repeats !== undefined && { repeats }) };
  });
  return { verdicts, ...(scopes.size <= 1 && { holders: names.size }) };
}
