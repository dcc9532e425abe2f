import { FIELD_ORDER } from '../../src/core/field.ts';
import { viewOf, writeSections, writeUint256 } from '../../src/groth16/bin-file.ts';
import type { Constraint } from '../../src/groth16/r1cs.ts';

/** circom's r1cs file; the public signals are inputs. */
export function writeR1cs(
  wireCount: number,
  publicCount: number,
  constraints: readonly Constraint[],
): Uint8Array {
  const header = new Uint8Array(64);
  const view = viewOf(header);
  view.setUint32(0, 32, true);
  writeUint256(view, 4, FIELD_ORDER);
  const counts = [wireCount, 0, publicCount, wireCount - publicCount - 1];
  for (const [i, count] of counts.entries()) view.setUint32(36 + 4 * i, count, true);
  view.setBigUint64(52, BigInt(wireCount), true);
  view.setUint32(60, constraints.length, true);

  const combinations = constraints.flatMap(({ a, b, c }) => [a, b, c]);
  const body = new Uint8Array(combinations.reduce((sum, terms) => sum + 4 + 36 * terms.length, 0));
  const bodyView = viewOf(body);
  let at = 0;
  for (const terms of combinations) {
    bodyView.setUint32(at, terms.length, true);
    at += 4;
    for (const { signal, value } of terms) {
      bodyView.setUint32(at, signal, true);
      writeUint256(bodyView, at + 4, value);
      at += 36;
    }
  }
  const labels = new Uint8Array(8 * wireCount);
  for (let i = 0; i < wireCount; i++) viewOf(labels).setBigUint64(8 * i, BigInt(i), true);
  return writeSections('r1cs', 1, [
    [1, header],
    [2, body],
    [3, labels],
  ]);
}
