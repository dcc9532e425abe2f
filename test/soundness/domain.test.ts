import { describe, expect, it } from 'vitest';
import { domainCheck } from '../../scripts/soundness/domain/domain-check.ts';
import { FIELD_ORDER, toFr } from '../../src/core/field.ts';
import { poseidon } from '../../src/core/poseidon.ts';
import type { Signals } from '../../src/statements/define-statement.ts';
import { survivorsOf, type TinyStatement } from './tiny-statement.ts';

const MIN = 5n;

/** `value ≥ min`, the value committed to by a hash and the params packed as `identityBefore | min`. */
function threshold(compare: string, unpack: string, value: bigint): TinyStatement {
  const commitment = (of: bigint) => poseidon([toFr(of), toFr(0n)]);
  return {
    source: `pragma circom 2.2.0;
include "compare/assert-at-least.circom";
include "comparators.circom";
include "poseidon.circom";
template Tiny() {
    signal input params;
    signal input commitment;
    signal input value;
    signal output nullifier <== commitment * params;
    signal hash <== Poseidon(2)([value, 0]);
    hash === commitment;
    ${unpack}
    ${compare}
}
component main {public [params, commitment]} = Tiny();`,
    inputs: { params: MIN << 12n, commitment: commitment(value), value },
    min: MIN,
    answer: (min) => value >= min,
    badWords: [256n, 257n, FIELD_ORDER - 1n].map((bad) => ({
      input: 'value',
      value: bad,
      inputs: { params: MIN << 12n, commitment: commitment(bad), value: bad } as unknown as Signals,
    })),
  };
}

const CHECKED = 'AssertAtLeast(8)(value, min);';
/** circomlib's comparison looks at eight bits of a difference, and takes its inputs on trust. */
const UNCHECKED = 'signal isEnough <== GreaterEqThan(8)([value, min]); isEnough === 1;';
const BITS = 'signal bits[20] <== Num2Bits(20)(params);';
const MIN_OF_BITS = `${BITS}
    var sum = 0;
    for (var i = 0; i < 8; i++) { sum += bits[12 + i] * (1 << i); }
    signal min <== sum;`;
/** The division is exact, but nothing keeps the params to 20 bits. */
const MIN_BY_DIVISION = `signal min <== params / ${1 << 12};`;

describe('domain', () => {
  it('accepts a rule that checks its ranges', async () => {
    expect(await survivorsOf(domainCheck, threshold(CHECKED, MIN_OF_BITS, 9n))).toEqual([]);
  });

  it('finds a missing range check of a committed word', async () => {
    expect(await survivorsOf(domainCheck, threshold(UNCHECKED, MIN_OF_BITS, 9n))).toEqual([
      'value',
    ]);
  });

  it('finds a missing range check of the public params', async () => {
    const found = await survivorsOf(domainCheck, threshold(UNCHECKED, MIN_BY_DIVISION, 9n));
    expect(found).toContain('params');
  });

  it('finds a rule that is off by one, by its oracle', async () => {
    const tooStrict = 'AssertAtLeast(8)(value, min + 1);';
    const found = await survivorsOf(domainCheck, threshold(tooStrict, MIN_OF_BITS, MIN + 1n));
    expect(found).toEqual(['params']);
  });

  it('finds an input that nothing binds', async () => {
    const { source, ...rest } = threshold(CHECKED, MIN_OF_BITS, 9n);
    const unbound = source.replace('hash === commitment;', '');
    const found = await survivorsOf(domainCheck, { ...rest, source: unbound });
    expect(found.sort()).toEqual(['commitment', 'value']);
  });

  it('finds a position that is not made a bit', async () => {
    expect(await survivorsOf(domainCheck, branch(''))).toEqual(['position']);
    expect(await survivorsOf(domainCheck, branch('position * (position - 1) === 0;'))).toEqual([]);
  });
});

/**
 * One level of a tree. With a position of 2 the "left child" is 2·sibling − leaf and the "right"
 * 2·leaf − sibling: a root over other leaves than the prover's.
 */
function branch(check: string): TinyStatement {
  const [leaf, sibling] = [11n, 22n];
  const rootAt = (position: bigint) => {
    const field = (value: bigint) => toFr(((value % FIELD_ORDER) + FIELD_ORDER) % FIELD_ORDER);
    const moved = position * (sibling - leaf);
    return poseidon([field(leaf + moved), field(sibling - moved)]);
  };
  const inputsAt = (position: bigint) => ({
    ...{ params: 0n, root: rootAt(position), leaf, sibling },
    position: (position + FIELD_ORDER) % FIELD_ORDER,
  });
  return {
    source: `pragma circom 2.2.0;
include "bitify.circom";
include "poseidon.circom";
template Tiny() {
    signal input params;
    signal input root;
    signal input leaf;
    signal input sibling;
    signal input position;
    signal output nullifier <== root * params;
    signal bits[20] <== Num2Bits(20)(params);
    ${check}
    signal moved <== position * (sibling - leaf);
    signal hash <== Poseidon(2)([leaf + moved, sibling - moved]);
    hash === root;
}
component main {public [params, root]} = Tiny();`,
    inputs: inputsAt(0n),
    badWords: [2n, 3n, -1n].map((position) => ({
      input: 'position',
      value: position,
      inputs: inputsAt(position) as unknown as Signals,
    })),
  };
}
