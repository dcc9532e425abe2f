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

/** Proofs of the first turn, and of the longest: some 100 ms, with a false one among them twice that. */
const FIRST_TURN = 8;
const LONGEST_TURN = 32;

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
  let size = FIRST_TURN;
  while (checked.length < named.length) {
    const inputs = turnOf(named, checked.length, size);
    const verdicts = await take(() => verifyAnyPresentations(inputs, ports, expectation));
    for (const verdict of verdicts) checked.push(await withAnonymitySet(service, verdict));
    // Finding false proofs in a batch takes longer than checking each: who sends many waits alone.
    const isFalse = verdicts.some(({ reason }) => reason === 'invalid_proof');
    size = isFalse ? 1 : Math.min(size * 2, LONGEST_TURN);
  }
  return nameHolders(named, checked);
}

/** Those that come next: at least one, and no more proofs than `size` else. */
function turnOf(named: readonly NamedPresentation[], start: number, size: number): unknown[] {
  const turn: unknown[] = [];
  let proofs = 0;
  for (const { presentation } of named.slice(start, start + size)) {
    proofs += proofsIn(presentation);
    if (turn.length > 0 && proofs > size) break;
    turn.push(presentation);
  }
  return turn;
}

function proofsIn(input: unknown): number {
  const proofs = (input as { proofs?: unknown } | null | undefined)?.proofs;
  return Array.isArray(proofs) ? proofs.length : 1;
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
