import { type Fr, toFr } from '../../../src/core/field.ts';
import { BabyCurve } from '../../../src/holder/baby-jubjub.ts';
import { signPoseidon } from '../../../src/holder/eddsa-poseidon.ts';
import type { HolderKeys } from '../../../src/holder/keys.ts';
import type { Signals } from '../../../src/statements/define-statement.ts';
import type { BadWord } from './honest-case.ts';

const { Fp } = BabyCurve;
const ROOT_OF_MINUS_ONE = Fp.sqrt(Fp.neg(Fp.ONE));

/**
 * Keys that are no points of the curve and sign like the holder's own: for i² = −1 the doubling
 * formula takes (ix, iy) to 2(x, y) + (0, −1), so eight times it is eight times (x, y), and circomlib's
 * verifier looks at 8A alone. Committed by the leaf, so that only a check of the curve can refuse them.
 */
export function* offCurveKeys(
  inputs: Signals,
  holder: HolderKeys,
  epochRoot: (inputs: Signals) => Fr,
): Iterable<BadWord> {
  for (const root of [ROOT_OF_MINUS_ONE, Fp.neg(ROOT_OF_MINUS_ONE)]) {
    const { x, y } = holder.publicKey;
    const publicKey = { x: toFr(Fp.mul(root, x)), y: toFr(Fp.mul(root, y)) };
    const { r8, s } = signPoseidon({ ...holder, publicKey }, inputs.requestHash as Fr);
    const changed = {
      ...inputs,
      ...{ holderAx: publicKey.x, holderAy: publicKey.y },
      ...{ signatureR8x: r8.x, signatureR8y: r8.y, signatureS: s },
    };
    yield {
      input: 'holderAx',
      value: publicKey.x,
      inputs: { ...changed, epochRoot: epochRoot(changed) },
    };
  }
}
