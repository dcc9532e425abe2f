import { CanbaoError } from '../core/errors/canbao-error.ts';
import { FIELD_ORDER } from '../core/field.ts';
import { readSections, readUint256, viewOf, writeSections, writeUint256 } from './bin-file.ts';

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

/**
 * The wires of a wtns file, 32 bytes each, little-endian; a view, not a copy.
 * @throws key.bad_file for a truncated or foreign file, or a value that is not below r
 */
export function readWitness(file: Uint8Array): Uint8Array {
  const bad = (reason: string) => new CanbaoError('key.bad_file', { kind: 'wtns', reason });
  const sections = readSections(file, 'wtns', VERSION);
  const [header, values] = [sections.get(1), sections.get(2)];
  if (header?.length !== 4 + VALUE_BYTES + 4) throw bad('its header is missing');
  const view = viewOf(header);
  if (view.getUint32(0, true) !== VALUE_BYTES || readUint256(view, 4) !== FIELD_ORDER) {
    throw bad('it is not over BN254');
  }
  const count = view.getUint32(4 + VALUE_BYTES, true);
  if (values?.length !== count * VALUE_BYTES) throw bad(`it does not have ${count} values`);
  const valueView = viewOf(values);
  for (let at = 0; at < values.length; at += VALUE_BYTES) {
    if (readUint256(valueView, at) >= FIELD_ORDER) throw bad('a value is out of range');
  }
  return values;
}
