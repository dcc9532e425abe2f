import { beforeAll, describe, expect, it } from 'vitest';
import { toFr } from '../../src/core/field.ts';
import { loadWitnessGraph } from '../../src/groth16/witness/load-witness-graph.ts';
import type { WitnessProgram } from '../../src/groth16/witness-program.ts';
import { compiledCircuit } from '../../src/keys/circuit-build.ts';
import type { Signals } from '../../src/statements/define-statement.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { edgesOf } from '../support/edges/edges.ts';
import { seededRandom } from '../support/random.ts';
import { expectSameWitness, outcomeOf } from '../support/same-witness.ts';
import { type StatementBench, statementBench } from '../support/statement-witness.ts';
import { vectorsOf } from '../support/vectors.ts';

/** Of a graph file, a statement. */
const MAX_BYTES = 512 * 1024;
const RANDOM_RECORDS = 2;
const TAMPERED_INPUTS = 8;

describe.each(statementRegistry.all().map((statement) => ({ name: statement.name, statement })))(
  '$name: witness graph',
  ({ name, statement }) => {
    let bench: StatementBench;
    let graph: WitnessProgram;
    let file: Uint8Array;
    beforeAll(async () => {
      bench = await statementBench(statement);
      file = (await compiledCircuit(name)).graph ?? new Uint8Array();
      graph = await loadWitnessGraph(file);
    });

    it('is small', () => {
      expect(file.length).toBeLessThan(MAX_BYTES);
    });

    it('makes the witness that circom makes of every vector, or refuses with it', () => {
      const seen = { accepted: 0, refused: 0 };
      for (const vector of vectorsOf(statement)) {
        const outcome = expectSameWitness(bench.program, graph, bench.inputs(vector));
        expect(outcome).toBe(vector.reason === undefined ? 'accepted' : 'refused');
        seen[outcome]++;
      }
      expect(seen.accepted).toBeGreaterThan(0);
      expect(seen.refused).toBeGreaterThan(0);
    });

    it('and of random records at the edges of the rule', () => {
      const random = seededRandom(`graph ${name}`);
      for (let i = 0; i < RANDOM_RECORDS; i++) {
        for (const question of edgesOf[name]?.(random) ?? []) {
          expectSameWitness(bench.program, graph, bench.inputs(question));
        }
      }
    });

    it('refuses a changed input as circom does', () => {
      const random = seededRandom(`tampered ${name}`);
      const vector = vectorsOf(statement).find(({ reason }) => reason === undefined);
      if (!vector) throw new Error('no passing vector');
      const inputs = bench.inputs(vector);
      let refused = 0;
      for (let i = 0; i < TAMPERED_INPUTS; i++) {
        const input = random.pick(Object.keys(inputs));
        const value = random.pick([0n, 1n, random.fr()]);
        const outcome = expectSameWitness(bench.program, graph, tampered(inputs, input, value));
        if (outcome === 'refused') refused++;
      }
      expect(refused).toBeGreaterThan(1);
    });

    it('refuses missing, unknown and misshapen inputs as circom does', () => {
      const inputs = bench.inputs(vectorsOf(statement)[0] as never);
      const { scope: _, ...missing } = inputs;
      const malformed: Signals[] = [
        missing,
        { ...inputs, unknown: toFr(1n) },
        { ...inputs, scope: [toFr(1n), toFr(2n)] },
        { ...inputs, scope: [] },
        { ...inputs, scope: -1n as never },
        {},
      ];
      for (const signals of malformed) {
        expect(outcomeOf(graph, signals)).toBe('prove.bad_input');
        expect(outcomeOf(bench.program, signals)).toBe('prove.bad_input');
      }
      // It still serves.
      expectSameWitness(bench.program, graph, inputs);
    });
  },
);

/** The inputs with the first element of one of them replaced. */
function tampered(inputs: Signals, name: string, value: bigint): Signals {
  const replace = (old: unknown): unknown =>
    Array.isArray(old) ? [replace(old[0]), ...old.slice(1)] : value;
  return { ...inputs, [name]: replace(inputs[name]) } as Signals;
}
