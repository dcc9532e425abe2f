import { FIELD_ORDER } from '../../src/core/field.ts';
import { viewOf, writeSections, writeUint256 } from '../../src/groth16/bin-file.ts';
import type { Term } from '../../src/groth16/r1cs.ts';
import type { Random } from './random.ts';

/**
 * An r1cs file of random constraints, as real circuits repeat themselves: rows with few templates,
 * squares, values with their negatives, empty combinations, wires that nothing reads.
 */
export function randomR1cs(random: Random): Uint8Array {
  const wireCount = random.int(3, 24);
  const publicCount = random.int(0, Math.min(5, wireCount - 1));
  const constraints = random.int(1, 24);
  const values = Array.from({ length: 4 }, () => BigInt(random.fr()) || 1n);
  const value = () => {
    const one = random.pick([1n, ...values]);
    return random.int(0, 1) === 1 ? one : FIELD_ORDER - one;
  };
  const wire = () => random.int(0, wireCount - 1);
  const combination = (): Term[] =>
    Array.from({ length: random.pick([0, 1, 1, 2, 5]) }, () => ({
      signal: wire(),
      value: value(),
    }));
  const template = combination();
  const shifted = (): Term[] => {
    const by = wire();
    return template.map((term) => ({ ...term, signal: (term.signal + by) % wireCount }));
  };
  const parts: Uint8Array[] = [];
  for (let i = 0; i < constraints; i++) {
    const a = random.pick([combination, shifted])();
    const b = random.int(0, 1) === 1 ? a : combination();
    parts.push(...[a, b, combination()].map(combinationBytes));
  }
  return writeSections('r1cs', 1, [
    [1, header(wireCount, publicCount, constraints)],
    [2, Buffer.concat(parts)],
  ]);
}

function header(wireCount: number, publicCount: number, constraints: number): Uint8Array {
  const bytes = new Uint8Array(64);
  const view = viewOf(bytes);
  view.setUint32(0, 32, true);
  writeUint256(view, 4, FIELD_ORDER);
  view.setUint32(36, wireCount, true);
  view.setUint32(44, publicCount, true);
  view.setUint32(48, wireCount - publicCount - 1, true);
  view.setUint32(60, constraints, true);
  return bytes;
}

function combinationBytes(terms: readonly Term[]): Uint8Array {
  const bytes = new Uint8Array(4 + terms.length * 36);
  const view = viewOf(bytes);
  view.setUint32(0, terms.length, true);
  for (const [i, { signal, value }] of terms.entries()) {
    view.setUint32(4 + 36 * i, signal, true);
    writeUint256(view, 8 + 36 * i, value);
  }
  return bytes;
}
