import { readSections, viewOf } from '../../../src/groth16/bin-file.ts';

/** How many of the wires after the constant one are outputs and inputs. */
export interface WireCounts {
  readonly outputCount: number;
  /** Public and private. */
  readonly inputCount: number;
}

/** After n8 (u32), the prime (32 bytes) and the number of wires. */
const OUTPUTS_AT = 4 + 32 + 4;

/** Reads the header of an r1cs file. @throws key.bad_file */
export function readWireCounts(r1cs: Uint8Array): WireCounts {
  const header = readSections(r1cs, 'r1cs', 1).get(1);
  if (header === undefined) throw new Error('an r1cs file without a header');
  const view = viewOf(header);
  const at = (index: number) => view.getUint32(OUTPUTS_AT + 4 * index, true);
  return { outputCount: at(0), inputCount: at(1) + at(2) };
}
