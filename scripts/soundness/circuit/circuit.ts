import { type Constraint, readR1cs } from '../../../src/groth16/r1cs.ts';
import { loadWitnessProgram, type WitnessProgram } from '../../../src/groth16/witness-program.ts';
import type { CompiledSource } from './compile.ts';
import { readWireCounts, type WireCounts } from './wire-counts.ts';

/** A compiled circuit as the checks see it: wires, constraints, names, and how to fill it. */
export interface Circuit {
  /** `coverage@1`, or the name a test gave. */
  readonly name: string;
  readonly constraints: readonly Constraint[];
  /** The constant one at 0, outputs, public inputs, private inputs, everything else: in this order. */
  readonly wireCount: number;
  readonly outputCount: number;
  /** Public and private. */
  readonly inputCount: number;
  readonly program: WitnessProgram;
  /** First symbol of each wire, without `main.`: `string[wireCount]`. */
  readonly wireNames: readonly string[];
}

/**
 * Reads what circom made of a main.
 * @throws key.bad_file
 * @throws Error where circom simplified an input away: the checks would take another wire for it
 */
export async function loadCircuit(name: string, files: CompiledSource): Promise<Circuit> {
  const { constraints, wireCount } = readR1cs(files.r1cs);
  const counts = readWireCounts(files.r1cs);
  assertInputsKept(name, files.sym, counts);
  return {
    name,
    constraints,
    wireCount,
    ...counts,
    program: await loadWitnessProgram(files.wasm),
    wireNames: wireNames(files.sym, wireCount),
  };
}

/**
 * Full simplification may express a private input by other wires; the header counts it all the same.
 * The symbol table begins with outputs and inputs, a line an element, in the order of their wires.
 */
function assertInputsKept(name: string, sym: string, counts: WireCounts): void {
  const lines = sym.split('\n').slice(0, counts.outputCount + counts.inputCount);
  for (const [at, line] of lines.entries()) {
    const [, wire, , symbol] = line.split(',');
    if (Number(wire) !== at + 1) throw new Error(`${name}: circom simplified ${symbol} away`);
  }
}

/** circom's symbol table has a line `label,wire,component,name` a signal; wire −1 = simplified away. */
function wireNames(sym: string, wireCount: number): string[] {
  const names: string[] = Array.from({ length: wireCount }, () => '');
  names[0] = 'one';
  for (const line of sym.trim().split('\n')) {
    const [, wire, , symbol] = line.split(',');
    const at = Number(wire);
    if (at > 0 && symbol !== undefined && names[at] === '') {
      names[at] = symbol.replace(/^main\./, '');
    }
  }
  return names;
}
