import { type Fr, toFr } from '../../src/core/field.ts';
import { developmentSetup } from '../../src/groth16/development-setup.ts';
import { type CompiledCircuit, compileCircuit } from './compile-circuit.ts';

/**
 * The public signals every statement has, in their order, over a handful of constraints:
 * `nullifier = secret² + scope`, and `params · secret` merely exists.
 */
const SOURCE = `
pragma circom 2.1.0;
template Tiny() {
    signal input secret;
    signal input epochRoot;
    signal input scope;
    signal input requestHash;
    signal input params;
    signal output nullifier;
    signal product <== params * secret;
    nullifier <== secret * secret + scope;
}
component main { public [epochRoot, scope, requestHash, params] } = Tiny();
`;

export interface TinyCircuit extends CompiledCircuit {
  readonly source: string;
  readonly zkey: Uint8Array;
}

let built: Promise<TinyCircuit> | undefined;

/** Compiled and set up once for each test process; takes a second or two. */
export function tinyCircuit(): Promise<TinyCircuit> {
  built ??= compileCircuit(SOURCE).then(async (circuit) => ({
    ...circuit,
    source: SOURCE,
    zkey: await developmentSetup(circuit.r1cs),
  }));
  return built;
}

/** Inputs that satisfy the circuit. */
export const tinyInputs = {
  secret: 7n,
  epochRoot: 11n,
  scope: 13n,
  requestHash: 17n,
  params: 19n,
} as const;

/** The same as a prover takes them, and what they make public. */
export const tinySignals = Object.fromEntries(
  Object.entries(tinyInputs).map(([name, value]) => [name, toFr(value)]),
) as Record<keyof typeof tinyInputs, Fr>;
export const tinyPublicSignals: readonly bigint[] = [62n, 11n, 13n, 17n, 19n];
