import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import type { WitnessProgram } from '../../../src/groth16/witness-program.ts';
import type { Signals } from '../../../src/statements/define-statement.ts';

/** Whether the witness program finds a witness that meets every constraint. */
export function accepts(program: WitnessProgram, inputs: Signals): boolean {
  try {
    program.assertSatisfied(inputs);
    return true;
  } catch (error) {
    if (error instanceof CanbaoError && error.code === 'prove.unsatisfied') return false;
    throw error;
  }
}
