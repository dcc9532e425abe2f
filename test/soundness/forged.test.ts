import { describe, expect, it } from 'vitest';
import { forgedCheck } from '../../scripts/soundness/forged/forged-check.ts';
import type { Signals } from '../../src/statements/define-statement.ts';
import { survivorsOf, type TinyStatement } from './tiny-statement.ts';

const [VALUE, MIN] = [9n, 5n];

/** As good as a hash here, and compiled in a moment. */
const commitment = (value: bigint) => value ** 3n;

/** `value ≥ min` of a value committed to; `tie` is what binds the private value to the record. */
function threshold({ tie = 'hash === commitment;', compare = '(value, min)' }): TinyStatement {
  return {
    source: `pragma circom 2.2.0;
include "compare/assert-at-least.circom";
include "bitify.circom";
template Tiny() {
    signal input params;
    signal input commitment;
    signal input value;
    signal output nullifier <== commitment * params;
    signal square <== value * value;
    signal hash <== square * value;
    ${tie}
    signal bits[20] <== Num2Bits(20)(params);
    var sum = 0;
    for (var i = 0; i < 8; i++) { sum += bits[12 + i] * (1 << i); }
    signal min <== sum;
    AssertAtLeast(8)${compare};
}
component main {public [params, commitment]} = Tiny();`,
    inputs: { params: MIN << 12n, commitment: commitment(VALUE), value: VALUE },
    own: { value: VALUE },
    min: MIN,
    answer: (min) => VALUE >= min,
    otherRecords: [4n, 0n].map((value) => ({
      what: `value = ${value}`,
      coordinate: 'value',
      answer: { satisfied: false, reason: 'too-small', facts: {} },
      inputs: () =>
        ({ params: MIN << 12n, commitment: commitment(value), value }) as unknown as Signals,
    })),
  };
}

describe('forged', () => {
  it('accepts a rule whose facts are tied to the record', async () => {
    expect(await survivorsOf(forgedCheck, threshold({}))).toEqual([]);
  });

  it('finds a fact that is read from private inputs and tied to nothing', async () => {
    expect(await survivorsOf(forgedCheck, threshold({ tie: '' }))).toEqual(['record']);
  });

  it('finds a threshold that is not applied', async () => {
    expect(await survivorsOf(forgedCheck, threshold({ compare: '(value, 5)' }))).toEqual([
      'params',
    ]);
  });

  it('finds a key that no authority would enrol', async () => {
    const tiny = threshold({});
    const badKeys = [{ input: 'holderAx', value: 1n, inputs: tiny.inputs as Signals }];
    expect(await survivorsOf(forgedCheck, { ...tiny, badKeys })).toEqual(['holderAx']);
  });
});
