import type { RandomBytes } from '../core/random.ts';
import { verifyBatch } from '../groth16/verify-batch.ts';
import type { VerifierPorts } from './ports.ts';
import type { Verdict } from './verdict.ts';
import {
  concludeVerdict,
  type Expectation,
  type Inspected,
  inspectPresentation,
} from './verify-presentation.ts';

/** One of many presentations, and what is expected of it. */
export interface PresentationToVerify {
  /** Parsed JSON of a presentation file, or a decoded presentation. */
  readonly input: unknown;
  readonly expectation?: Expectation;
}

export interface BatchPorts extends VerifierPorts {
  /** For the weights of the batch: whoever can predict it can pass false proofs. */
  readonly random: RandomBytes;
}

/**
 * Checks many presentations with one batched proof check: verdicts in order, each as
 * `verifyPresentation` would have given it, called for one after another. Nullifiers are spent last,
 * in order, so that of two presentations with the same one the first is valid. No input makes it
 * throw; where a port fails, the call fails, and only nullifiers may be spent by then.
 */
export async function verifyPresentations(
  presentations: readonly PresentationToVerify[],
  ports: BatchPorts,
): Promise<Verdict[]> {
  const inspected: (Inspected | Verdict)[] = [];
  for (const { input, expectation = {} } of presentations) {
    inspected.push(await inspectPresentation(input, ports, expectation));
  }
  const open = inspected.filter((one): one is Inspected => 'claim' in one);
  const claims = open.map(({ claim }) => claim);
  const answers = await (ports.proofs?.verifyBatch(claims) ?? verifyBatch(claims, ports.random));
  const holding = new Set(open.filter((_, i) => answers[i]));
  const verdicts: Verdict[] = [];
  for (const one of inspected) {
    const isOpen = 'claim' in one;
    verdicts.push(isOpen ? await concludeVerdict(one, holding.has(one), ports) : one);
  }
  return verdicts;
}
