import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readR1cs } from '../../src/groth16/r1cs.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import { statementSignals } from '../../src/statements/judge.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { type StatementBench, statementBench } from '../support/statement-witness.ts';
import { vectorsOf } from '../support/vectors.ts';

/** constraints + public signals + 1 must fit a domain of 2^14: the next one doubles the prover's work. */
const MAX_CONSTRAINTS = 2 ** 14 - 6;
const PUBLIC_SIGNALS = ['nullifier', 'epochRoot', 'scope', 'requestHash', 'params'];
const pinned = JSON.parse(
  readFileSync(join(packageRoot, 'circuits', 'constraints.json'), 'utf8'),
) as Record<string, number>;

describe.each(statementRegistry.all().map((statement) => ({ name: statement.name, statement })))(
  '$name: circuit',
  ({ name, statement }) => {
    let bench: StatementBench;
    beforeAll(async () => {
      bench = await statementBench(statement);
    });

    it('has the five public signals in their order, and only those', () => {
      expect(PUBLIC_SIGNALS.map((signal) => bench.wires.get(signal))).toEqual([1, 2, 3, 4, 5]);
      expect(readR1cs(bench.r1cs).publicCount).toBe(5);
    });

    it('has the pinned number of constraints, below the limit', () => {
      const count = readR1cs(bench.r1cs).constraints.length;
      expect(count).toBe(pinned[name]);
      expect(count).toBeLessThanOrEqual(MAX_CONSTRAINTS);
    });

    const vectors = vectorsOf(statement);
    it.each(vectors)('vector: $name', (vector) => {
      const verdict = bench.oracle(vector);
      expect(verdict.satisfied ? undefined : verdict.reason).toBe(vector.reason);
      expect(bench.accepts(vector)).toBe(vector.reason === undefined);
    });

    it('puts out the nullifier of the holder key and the scope', () => {
      const vector = vectors.find(({ reason }) => reason === undefined);
      if (!vector) throw new Error('no passing vector');
      const inputs = bench.inputs(vector);
      const witness = bench.program.calculate(inputs);
      expect(witness.slice(1, 6)).toEqual([
        bench.nullifierOf(inputs.scope as bigint),
        ...PUBLIC_SIGNALS.slice(1).map((signal) => inputs[signal]),
      ]);
    });

    it('declares exactly the private inputs it takes', () => {
      const vector = vectors.find(({ reason }) => reason === undefined);
      if (!vector) throw new Error('no passing vector');
      const shape = (value: unknown): number[] =>
        Array.isArray(value) ? [value.length, ...shape(value[0])] : [];
      const own = statementSignals(statement, bench.opening(vector), vector.params);
      expect(
        Object.fromEntries(Object.entries(own).map(([key, value]) => [key, shape(value)])),
      ).toEqual(statement.privateInputs);
    });
  },
);
