import { readR1cs, readWireLabels } from '../../groth16/r1cs.ts';
import { type GraphInput, LIMITS } from '../../groth16/witness/graph-format.ts';
import { writeWitnessGraph } from '../../groth16/witness/write-graph.ts';
import { inlineSums } from './inline.ts';
import { schedule } from './schedule.ts';
import { solveCircuit } from './solve.ts';
import { UncoveredCircuit } from './uncovered-circuit.ts';

export interface CircuitFiles {
  /** The circuit as it is proven. */
  readonly r1cs: Uint8Array;
  /** The same compiled with `--O0`: every signal a wire, every `<==` and `===` a constraint. */
  readonly unsimplified: Uint8Array;
  /** circom's symbol table of either: `label,wire,component,name` a line. */
  readonly symbols: string;
}

/**
 * Compiles a witness graph, which computes what circom's witness program does.
 * @returns undefined where the circuit has an assignment (`<--`) that the compiler does not know
 */
export function compileWitnessGraph(files: CircuitFiles): Uint8Array | undefined {
  const unsimplified = readR1cs(files.unsimplified);
  const labels = readWireLabels(files.unsimplified);
  const names = labelNames(files.symbols);
  const name = (wire: number): string => names[labels[wire] ?? 0] ?? '';
  try {
    const { graph, nodeOf } = solveCircuit(unsimplified, name);
    const wireOf = new Map(labels.map((label, wire) => [label, wire]));
    const nodes = readWireLabels(files.r1cs).map((label) => nodeOf(wireOf.get(label) ?? -1));
    const inlined = inlineSums(graph, nodes);
    const { outputCount, inputCount } = unsimplified;
    const inputs = inputsOf(
      Array.from({ length: inputCount }, (_, input) => name(1 + outputCount + input)),
    );
    if (2 * graph.nodes.length > LIMITS.slots) throw new UncoveredCircuit('a circuit too large');
    const { constants, operations, slotOf } = schedule(graph, inlined, inputCount);
    return writeWitnessGraph({ inputs, constants, operations, wires: nodes.map(slotOf) });
  } catch (error) {
    if (error instanceof UncoveredCircuit) return undefined;
    throw error;
  }
}

function labelNames(symbols: string): string[] {
  const names: string[] = [];
  for (const line of symbols.split('\n')) {
    const [label, , , name] = line.trim().split(',');
    if (name !== undefined) names[Number(label)] = name.replace(/^main\./, '');
  }
  return names;
}

/** `siblings[0][0]`, `siblings[0][1]`, … to one input with its size. */
function inputsOf(names: readonly string[]): GraphInput[] {
  const sizes = new Map<string, number>();
  for (const full of names) {
    const name = full.replace(/(\[\d+\])+$/, '');
    if (/[.[]/.test(name)) throw new UncoveredCircuit(`the input bus ${full}`);
    sizes.set(name, (sizes.get(name) ?? 0) + 1);
  }
  if (names.length > LIMITS.inputSize) throw new UncoveredCircuit('too many inputs');
  return [...sizes].map(([name, size]) => ({ name, size }));
}
