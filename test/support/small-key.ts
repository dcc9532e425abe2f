import { bn254 } from '@noble/curves/bn254.js';
import { writeUint256 } from '../../src/groth16/bin-file.ts';
import type { ProvingKeyParts } from '../../src/groth16/proving-key.ts';
import type { Coefficient } from '../../src/groth16/qap.ts';

const { Fr } = bn254.fields;

/** A key of matrices alone: all its points at infinity. */
export function pointlessKey(
  domainPower: number,
  wireCount: number,
  coefficients: readonly Coefficient[],
): ProvingKeyParts {
  const g1 = (count: number) => new Uint8Array(64 * count);
  const g2 = (count: number) => new Uint8Array(128 * count);
  return {
    ...{ wireCount, publicCount: 0, domainPower },
    ...{ alpha1: g1(1), beta1: g1(1), beta2: g2(1), delta1: g1(1), delta2: g2(1) },
    ...{ a: g1(wireCount), b1: g1(wireCount), b2: g2(wireCount) },
    ...{ c: g1(wireCount - 1), h: g1(2 ** domainPower) },
    coefficients: coefficientBytes(coefficients),
  };
}

/** As zkeys hold them. */
function coefficientBytes(coefficients: readonly Coefficient[]): Uint8Array {
  const bytes = new Uint8Array(44 * coefficients.length);
  const view = new DataView(bytes.buffer);
  for (const [i, { matrix, constraint, signal, value }] of coefficients.entries()) {
    view.setUint32(44 * i, matrix, true);
    view.setUint32(44 * i + 4, constraint, true);
    view.setUint32(44 * i + 8, signal, true);
    writeUint256(view, 44 * i + 12, Fr.mul(value, Fr.create(2n ** 512n)));
  }
  return bytes;
}
