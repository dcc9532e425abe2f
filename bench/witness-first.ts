import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseFr } from '../src/core/field.ts';
import { loadWitness } from '../src/groth16/witness/load-witness.ts';
import type { Signals, SignalValue } from '../src/statements/define-statement.ts';

/**
 * A process that makes one witness: what a first call costs, loading included. Reads
 * `{ graph?: path, wasm: path, signals }` from its input and prints milliseconds.
 */
type Decimals = string | readonly Decimals[];
const { graph, wasm, signals } = JSON.parse(readFileSync(0, 'utf8')) as {
  graph?: string;
  wasm: string;
  signals: Record<string, Decimals>;
};
const value = (text: Decimals): SignalValue =>
  typeof text === 'string' ? parseFr(text) : text.map(value);
const inputs: Signals = Object.fromEntries(
  Object.entries(signals).map(([name, text]) => [name, value(text)]),
);
const files = { graph: graph ? readFileSync(graph) : undefined, wasm: readFileSync(wasm) };
const start = performance.now();
(await loadWitness(files)).calculateBytes(inputs);
console.log(performance.now() - start);
