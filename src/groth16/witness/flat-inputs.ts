import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { FIELD_ORDER } from '../../core/field.ts';
import type { SignalValue } from '../../statements/define-statement.ts';

/**
 * An input's field elements, outer index first.
 * @param size how many the circuit takes; −1: it has no input of the name
 * @throws prove.bad_input for another number of elements, or one that is not in [0, r)
 */
export function flatInput(name: string, value: SignalValue, size: number): bigint[] {
  const flat = flatten(value);
  if (size !== flat.length) {
    const reason = size < 0 ? 'no such input' : `${flat.length} values for ${size}`;
    throw new CanbaoError('prove.bad_input', { reason: `${name}: ${reason}` });
  }
  if (flat.some((item) => item < 0n || item >= FIELD_ORDER)) {
    throw new CanbaoError('prove.bad_input', { reason: `${name}: not a field element` });
  }
  return flat;
}

/** @throws prove.bad_input where fewer elements came than the circuit takes */
export function assertAllGiven(given: number, needed: number): void {
  if (given >= needed) return;
  throw new CanbaoError('prove.bad_input', { reason: `${given} of ${needed} inputs given` });
}

function flatten(value: SignalValue): bigint[] {
  return typeof value === 'bigint' ? [value] : (value as readonly SignalValue[]).flatMap(flatten);
}
