import { FIELD_ORDER } from '../core/field.ts';
import { viewOf, writeSections, writeUint256 } from './bin-file.ts';

const VERSION = 2;
const VALUE_BYTES = 32;

/**
 * snarkjs's wtns file of a full assignment.
 * @param values every wire's, the constant 1 first: 32 bytes each, little-endian
 */
export function writeWitness(values: Uint8Array): Uint8Array {
  const header = new Uint8Array(4 + VALUE_BYTES + 4);
  viewOf(header).setUint32(0, VALUE_BYTES, true);
  writeUint256(viewOf(header), 4, FIELD_ORDER);
  viewOf(header).setUint32(4 + VALUE_BYTES, values.length / VALUE_BYTES, true);
  return writeSections('wtns', VERSION, [
    [1, header],
    [2, values],
  ]);
}
