import { afterAll, expect, test } from 'vitest';
import { type Fr, toFr } from '../../src/core/field.ts';
import type { ProvingProgress } from '../../src/groth16/prover.ts';
import { snarkjsProver } from '../../src/groth16/snarkjs-prover.ts';
import { verifyProof } from '../../src/groth16/verify-proof.ts';
import { compileCircuit } from '../support/compile-circuit.ts';
import { graphCircuit } from '../support/graph-circuit.ts';
import { tinyCircuit, tinyInputs } from '../support/tiny-circuit.ts';
import { tinyVerificationKey } from '../support/tiny-proof.ts';

const prover = snarkjsProver();
afterAll(() => prover.close());

const signals = Object.fromEntries(
  Object.entries(tinyInputs).map(([name, value]) => [name, toFr(value)]),
) as Record<keyof typeof tinyInputs, Fr>;
const code = (expected: string) => expect.objectContaining({ code: expected });

test.each([true, false])('proves, with one thread: %s', async (singleThread) => {
  const progress: ProvingProgress[] = [];
  const engine = snarkjsProver({ singleThread });
  const made = await engine.prove({
    ...(await tinyCircuit()),
    signals,
    onProgress: (step) => progress.push(step),
  });
  expect(made.publicSignals).toEqual([62n, 11n, 13n, 17n, 19n]);
  expect(await verifyProof(await tinyVerificationKey(), made.publicSignals, made.proof)).toBe(true);
  const shares = progress.map((step) => step.share);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBe(1);
  expect(shares.length).toBeGreaterThan(5);
});

test('proves from a witness graph alone, to the same public signals', async () => {
  const { zkey, source } = await tinyCircuit();
  const { file: graph } = await graphCircuit(source);
  // Nothing reads circom's program where there is a graph.
  const made = await prover.prove({ zkey, graph, wasm: new Uint8Array(), signals });
  expect(made.publicSignals).toEqual([62n, 11n, 13n, 17n, 19n]);
  expect(await verifyProof(await tinyVerificationKey(), made.publicSignals, made.proof)).toBe(true);
});

test('a file that is no witness graph fails with its code', async () => {
  const circuit = await tinyCircuit();
  await expect(prover.prove({ ...circuit, graph: circuit.wasm, signals })).rejects.toThrow(
    code('key.bad_file'),
  );
});

test('after close it proves again', async () => {
  await prover.close();
  const made = await prover.prove({ ...(await tinyCircuit()), signals });
  expect(made.publicSignals[0]).toBe(62n);
});

test('cancelled before or on the way, it stops with its code', async () => {
  const circuit = await tinyCircuit();
  const before = AbortSignal.abort();
  await expect(prover.prove({ ...circuit, signals, abort: before })).rejects.toThrow(
    code('prove.aborted'),
  );
  const controller = new AbortController();
  const onProgress = ({ stage }: ProvingProgress) => stage === 'proof' && controller.abort();
  await expect(
    prover.prove({ ...circuit, signals, onProgress, abort: controller.signal }),
  ).rejects.toThrow(code('prove.aborted'));
});

test('inputs the circuit refuses, or does not know, fail with a code and show no value', async () => {
  const circuit = await tinyCircuit();
  const { secret: _, ...missing } = signals;
  for (const inputs of [missing, { ...signals, unknown: toFr(987_654_321n) }]) {
    const failure = await prover.prove({ ...circuit, signals: inputs }).catch((error) => error);
    expect(failure).toEqual(code('prove.bad_input'));
    expect(String(failure)).not.toContain('987654321');
  }
});

test('a key of another circuit fails with a code', async () => {
  const other = await compileCircuit(`
    pragma circom 2.1.0;
    template Other() { signal input x; signal output y; y <== x * x; }
    component main = Other();`);
  const { zkey } = await tinyCircuit();
  await expect(prover.prove({ wasm: other.wasm, zkey, signals: { x: toFr(3n) } })).rejects.toThrow(
    code('prove.failed'),
  );
});
