import { expect } from 'vitest';
import type { WitnessProgram } from '../../src/groth16/witness-program.ts';
import type { Signals } from '../../src/statements/define-statement.ts';

/** A witness, or the code of the error instead. */
export function outcomeOf(program: WitnessProgram, signals: Signals): Uint8Array | string {
  try {
    return program.calculateBytes(signals);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined) throw error;
    return code;
  }
}

/** Both programs make the same witness, byte for byte, or fail with the same code. @returns which */
export function expectSameWitness(
  circom: WitnessProgram,
  graph: WitnessProgram,
  signals: Signals,
): 'accepted' | 'refused' {
  const [ours, theirs] = [outcomeOf(graph, signals), outcomeOf(circom, signals)];
  if (typeof ours === 'string' || typeof theirs === 'string') {
    expect(ours).toBe(theirs);
    return 'refused';
  }
  const wire = ours.findIndex((byte, at) => byte !== theirs[at]);
  if (wire >= 0) expect.fail(`wire ${Math.floor(wire / 32)} differs from circom's`);
  expect(ours.length).toBe(theirs.length);
  return 'accepted';
}
