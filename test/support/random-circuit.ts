import type { Random } from './random.ts';

/** Statements of a random circuit: each makes one signal of those before it. */
const FORMS = [
  (x: string, y: string, n: number) => `signal s${n} <== ${x} * ${y};`,
  (x: string, y: string, n: number) => `signal s${n} <== ${x} - 3 * ${y} + ${n};`,
  (x: string, y: string, n: number) => `signal s${n} <== ${x} * ${y} + ${x} - 2 * ${y};`,
  (x: string, y: string, n: number) => `signal s${n} <== (${x} + 1) * (${y} - ${x}) - 7;`,
  (x: string, _: string, n: number) => `signal s${n} <== IsZero()(${x});`,
  (x: string, y: string, n: number) => `signal s${n} <== IsEqual()([${x}, ${y}]);`,
  (x: string, y: string, n: number) => `signal s${n} <== Quotient()(${x}, ${y});`,
  (x: string, y: string, n: number) => `signal s${n} <== Low()(${x}, ${y});`,
  (x: string, y: string, n: number) => `signal s${n} <== Choice()(${x}, ${y}, ${n});`,
] as const;

const TEMPLATES = `
pragma circom 2.1.6;
include "comparators.circom";
include "bitify.circom";
include "mux1.circom";
template Quotient() {
    signal input x;
    signal input y;
    signal output out;
    out <-- x / y;
    out * y === x;
}
// A bit of one and the sum of all bits of the other.
template Low() {
    signal input x;
    signal input y;
    signal xs[254] <== Num2Bits_strict()(x);
    signal ys[254] <== Num2Bits(254)(y);
    var sum = 0;
    for (var i = 0; i < 254; i++) sum += (i + 1) * ys[i];
    signal output out <== sum + xs[3];
}
template Choice() {
    signal input x;
    signal input y;
    signal input z;
    signal xs[254] <== Num2Bits_strict()(x);
    signal ys[254] <== Num2Bits_strict()(y);
    component less = LessThan(16);
    less.in[0] <== Bits2Num(16)(first16(xs));
    less.in[1] <== Bits2Num(16)(first16(ys));
    signal output out <== Mux1()([x, z], less.out);
}
function first16(bits) {
    var low[16];
    for (var i = 0; i < 16; i++) low[i] = bits[i];
    return low;
}`;

const INPUTS = 4;

/** A circuit of `length` random statements over four inputs x[0..3], of which all but two signals are hidden. */
export function randomCircuit(random: Random, length: number): string {
  const signals = Array.from({ length: INPUTS }, (_, i) => `x[${i}]`);
  const body: string[] = [];
  for (let n = 0; n < length; n++) {
    const form = random.pick(FORMS);
    body.push(form(random.pick(signals), random.pick(signals), n));
    signals.push(`s${n}`);
  }
  return `${TEMPLATES}
template Main() {
    signal input x[${INPUTS}];
    ${body.join('\n    ')}
    signal output a <== ${signals.at(-1)};
    signal output b <== ${random.pick(signals)};
}
component main { public [x] } = Main();`;
}
