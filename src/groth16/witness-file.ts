import { FIELD_ORDER } from '../core/field.ts';
import { viewOf, writeSections, writeUint256 } from './bin-file.ts';

const VERSION = 2;
const VALUE_BYTES = 32;

/** snarkjs's wtns file of a full assignment: every wire's value, the constant 1 first. */
export function writeWitness(wires: readonly bigint[]): Uint8Array {
  const header = new Uint8Array(4 + VALUE_BYTES + 4);
  viewOf(header).setUint32(0, VALUE_BYTES, true);
  writeUint256(viewOf(header), 4, FIELD_ORDER);
  viewOf(header).setUint32(4 + VALUE_BYTES, wires.length, true);

  const values = new Uint8Array(wires.length * VALUE_BYTES);
  const view = viewOf(values);
  for (const [wire, value] of wires.entries()) writeUint256(view, wire * VALUE_BYTES, value);
  return writeSections('wtns', VERSION, [
    [1, header],
    [2, values],
  ]);
}
