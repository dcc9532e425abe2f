import { expect, it } from 'vitest';
import { FIELD_ORDER, type Fr, toFr } from '../../src/core/field.ts';
import { graphCircuit } from '../support/graph-circuit.ts';
import { seededRandom } from '../support/random.ts';
import { randomCircuit } from '../support/random-circuit.ts';
import { expectSameWitness } from '../support/same-witness.ts';

const R = FIELD_ORDER;
const edges = [0n, 1n, 2n, 3n, 255n, 256n, (R - 1n) / 2n, R - 2n, R - 1n];

async function covered(source: string) {
  const circuit = await graphCircuit(source);
  if (!circuit.graph) throw new Error('the compiler does not cover the circuit');
  return { ...circuit, graph: circuit.graph };
}

it.each([1, 2])('a random circuit, number %i', async (number) => {
  const random = seededRandom(`random circuit ${number}`);
  const { circom, graph } = await covered(randomCircuit(random, 14));
  const seen = { accepted: 0, refused: 0 };
  const value = (): Fr => toFr(random.int(0, 2) > 0 ? random.pick(edges) : random.fr());
  for (let i = 0; i < 40; i++) {
    const x = Array.from({ length: 4 }, value);
    seen[expectSameWitness(circom, graph, { x })]++;
  }
  expect(seen.accepted).toBeGreaterThan(5);
});

it('circomlib: comparators, flags, sums of bits, points, Poseidon', async () => {
  const { circom, graph } = await covered(`
    pragma circom 2.1.6;
    include "comparators.circom";
    include "multiplexer.circom";
    include "binsum.circom";
    include "babyjub.circom";
    include "montgomery.circom";
    include "poseidon.circom";
    template Main() {
        signal input x;
        signal input y;
        signal input small;
        signal input other;
        signal output less <== LessThan(8)([small, other]);
        signal output atLeast <== GreaterEqThan(8)([small, other]);
        component decoder = Decoder(4);
        decoder.inp <== small;
        signal output decoded <== decoder.success + 2 * decoder.out[3];
        component chosen = Multiplexer(2, 4);
        for (var i = 0; i < 4; i++) { chosen.inp[i][0] <== x + i; chosen.inp[i][1] <== y * (i + 1); }
        chosen.sel <== other;
        signal output picked <== chosen.out[0] - chosen.out[1];
        component sum = BinSum(8, 2);
        signal a[8] <== Num2Bits(8)(small);
        signal b[8] <== Num2Bits(8)(other);
        for (var i = 0; i < 8; i++) { sum.in[0][i] <== a[i]; sum.in[1][i] <== b[i]; }
        signal output carry <== sum.out[8];
        component negative = Num2BitsNeg(8);
        negative.in <== small;
        signal output top <== negative.out[7];
        component added = BabyAdd();
        added.x1 <== x; added.y1 <== y; added.x2 <== small; added.y2 <== other;
        component m = Edwards2Montgomery();
        m.in[0] <== x; m.in[1] <== y;
        component doubled = MontgomeryDouble();
        doubled.in[0] <== x; doubled.in[1] <== y + 5;
        signal output point <== added.xout * m.out[1] + doubled.out[0];
        signal output hash <== Poseidon(3)([x, y, point]);
    }
    component main = Main();`);
  const random = seededRandom('circomlib');
  const seen = { accepted: 0, refused: 0 };
  for (let i = 0; i < 80; i++) {
    const [x, y] = [toFr(random.pick([...edges, random.fr()])), toFr(random.fr())];
    const small = toFr(BigInt(random.pick([0, 1, 2, 3, 255, 256])));
    const other = toFr(BigInt(random.pick([0, 1, 2, 3, 4])));
    seen[expectSameWitness(circom, graph, { x, y, small, other })]++;
  }
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(3);
});

it('assertions, constants, unused inputs and what divides by zero', async () => {
  const { circom, graph } = await covered(`
    pragma circom 2.1.6;
    include "comparators.circom";
    template Main() {
        signal input x;
        signal input y;
        signal input unused[2][3];
        signal output three <== 3;
        signal output same <== x;
        signal quotient;
        quotient <-- x / y;
        quotient * y === x;
        signal output found <== quotient;
        component equal = ForceEqualIfEnabled();
        equal.enabled <== 1;
        equal.in[0] <== quotient * 2;
        equal.in[1] <== x;
        component never = IsZero();
        never.in <== y - 7;
        never.out === 0;
    }
    component main { public [y] } = Main();`);
  const unused = [
    [1n, 2n, 3n],
    [4n, 5n, 6n],
  ].map((row) => row.map((value) => toFr(value)));
  const outcome = (x: bigint, y: bigint) =>
    expectSameWitness(circom, graph, { x: toFr(x), y: toFr(y), unused });
  expect(outcome(6n, 2n)).toBe('accepted');
  expect(outcome(6n, 3n)).toBe('refused');
  expect(outcome(0n, 0n)).toBe('accepted');
  expect(outcome(6n, 0n)).toBe('refused');
  expect(outcome(0n, 7n)).toBe('refused');
});

it('leaves a circuit with another assignment to circom', async () => {
  const { graph, circom } = await graphCircuit(`
    pragma circom 2.1.6;
    template Root() {
        signal input x;
        signal output root;
        root <-- x == 9 ? 3 : 0;
        root * root === x;
    }
    component main = Root();`);
  expect(graph).toBeUndefined();
  expect(circom.calculateFirst(2, { x: toFr(9n) })).toEqual([1n, 3n]);
});
