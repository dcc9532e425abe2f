import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../scripts/soundness/circuit/circuit.ts';
import {
  constraintSystem,
  firstBroken,
} from '../../scripts/soundness/circuit/constraint-system.ts';
import { freeWireSearch } from '../../scripts/soundness/mutation/free-wires.ts';
import { mutationCheck } from '../../scripts/soundness/mutation/mutation-check.ts';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { survivorsOf, tinySubject } from './tiny-statement.ts';

/** circomlib's MiMC once ended like the first: the output was assigned and never constrained. */
const root = (assign: string) => `pragma circom 2.2.0;
template Tiny() {
    signal input leaf;
    signal output root;
    signal square <== leaf * leaf;
    root ${assign} square * leaf;
}
component main = Tiny();`;

/** A root is taken on trust: its negative squares to the same. */
const squareRoot = `pragma circom 2.2.0;
template Tiny() {
    signal input side;
    signal output area;
    signal root;
    area <== side * side;
    root <-- side;
    root * root === area;
}
component main = Tiny();`;

const isZero = `pragma circom 2.2.0;
include "compare/is-zero-value.circom";
template Tiny() {
    signal input value;
    signal input other;
    signal output out;
    signal isNone <== IsZeroValue()(value);
    out <== isNone * other;
}
component main = Tiny();`;

describe('mutation', () => {
  it('finds an output that is assigned and not constrained', async () => {
    const inputs = { leaf: 5n };
    expect(await survivorsOf(mutationCheck, { source: root('<--'), inputs })).toContain('root');
    expect(await survivorsOf(mutationCheck, { source: root('<=='), inputs })).toEqual([]);
  });

  it('finds a wire that may take one other value', async () => {
    expect(
      await survivorsOf(mutationCheck, { source: squareRoot, inputs: { side: 5n } }),
    ).toContain('root');
  });

  it('answers the free hint of IsZero at 0, and only there', async () => {
    const zero = { source: isZero, inputs: { value: 0n, other: 3n } };
    const { circuit, cases } = await tinySubject(zero);
    const free = freeWireSearch(circuit.constraints, circuit.wireCount);
    const names = free(circuit.program.calculate(cases[0]?.inputs ?? {})).map(
      ({ wire }) => circuit.wireNames[wire],
    );
    expect(names).toEqual([expect.stringMatching(/\.inv$/)]);
    expect(await survivorsOf(mutationCheck, zero)).toEqual([]);
  });
});

describe('exactness', () => {
  it.each([
    ['a square root', squareRoot, { side: 5n }],
    ['a cube', root('<=='), { leaf: 9n }],
    ['an unconstrained cube', root('<--'), { leaf: 9n }],
    ['IsZero at 0', isZero, { value: 0n, other: 3n }],
    ['IsZero elsewhere', isZero, { value: 2n, other: 3n }],
  ])('%s: agrees with trying values one after another', async (_, source, inputs) => {
    const { circuit, cases } = await tinySubject({ source, inputs });
    const witness = circuit.program.calculate(cases[0]?.inputs ?? {});
    const free = new Map(
      freeWireSearch(
        circuit.constraints,
        circuit.wireCount,
      )(witness).map(({ wire, to }) => [wire, to]),
    );
    for (let wire = 1; wire < circuit.wireCount; wire++) {
      const to = free.get(wire);
      for (const value of triedValues(witness[wire] ?? 0n, to)) {
        const isFree = to === 'any' || to === value;
        expect([wire, value, holds(circuit, witness, wire, value)]).toEqual([wire, value, isFree]);
      }
    }
  });
});

/** The eight mutations that are usual, and the one the search named. */
function triedValues(value: bigint, to: 'any' | bigint | undefined): bigint[] {
  const usual = [
    0n,
    1n,
    -1n,
    value + 1n,
    -value,
    2n * value,
    value + (1n << 128n),
    value ** 2n + 12_345n,
  ];
  const reduced = usual.map((each) => ((each % FIELD_ORDER) + FIELD_ORDER) % FIELD_ORDER);
  return [...reduced, ...(typeof to === 'bigint' ? [to] : [])].filter((each) => each !== value);
}

function holds(circuit: Circuit, witness: readonly bigint[], wire: number, value: bigint): boolean {
  const system = constraintSystem(circuit.constraints, circuit.wireCount);
  return firstBroken(system.evaluate(witness.with(wire, value))) < 0;
}

describe('loading', () => {
  it('refuses a circuit of which circom simplified an input away', async () => {
    const source = `pragma circom 2.2.0;
template Tiny() {
    signal input leaf;
    signal input position;
    signal output left;
    signal bit <-- position & 1;
    signal half <-- position >> 1;
    bit + 2 * half === position;
    left <== leaf * bit;
}
component main = Tiny();`;
    await expect(tinySubject({ source, inputs: { leaf: 5n, position: 3n } })).rejects.toThrow(
      'simplified main.position away',
    );
  });
});
