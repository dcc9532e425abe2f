import { afterAll, describe, expect, test } from 'vitest';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import type { ProofOutput, Prover, ProvingProgress } from '../../src/groth16/prover.ts';
import { snarkjsProver } from '../../src/groth16/snarkjs-prover.ts';
import { verifyProof } from '../../src/groth16/verify-proof.ts';
import { compileCircuit } from '../support/compile-circuit.ts';
import { graphCircuit } from '../support/graph-circuit.ts';
import { tinyCircuit, tinyPublicSignals, tinySignals } from '../support/tiny-circuit.ts';
import { tinyVerificationKey } from '../support/tiny-proof.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

const provers: readonly { readonly name: string; readonly make: () => Prover }[] = [
  { name: 'snarkjs', make: () => snarkjsProver() },
  { name: 'wasm, threads', make: () => wasmProver({ threads: 2 }) },
  { name: 'wasm, one thread', make: () => wasmProver({ threads: 0 }) },
  { name: 'wasm, tables', make: () => wasmProver({ threads: 2, tables: true }) },
];

const expectRight = async ({ proof, publicSignals }: ProofOutput) => {
  expect(publicSignals).toEqual(tinyPublicSignals);
  expect(await verifyProof(await tinyVerificationKey(), publicSignals, proof)).toBe(true);
};

test('snarkjs proves on one thread too', async () => {
  const prover = snarkjsProver({ singleThread: true });
  await expectRight(await prover.prove({ ...(await tinyCircuit()), signals: tinySignals }));
  await prover.close();
});

describe.each(provers)('$name', ({ make }) => {
  const prover = make();
  const signals = tinySignals;
  afterAll(() => prover.close());

  test('proves, and tells its progress from 0 to 1', async () => {
    const progress: ProvingProgress[] = [];
    const onProgress = (step: ProvingProgress) => progress.push(step);
    await expectRight(await prover.prove({ ...(await tinyCircuit()), signals, onProgress }));
    const shares = progress.map((step) => step.share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect(shares.length).toBeGreaterThan(5);
  });

  test('two proofs of one witness differ: r and s are drawn anew', async () => {
    const circuit = await tinyCircuit();
    const [one, other] = [
      await prover.prove({ ...circuit, signals }),
      await prover.prove({ ...circuit, signals }),
    ];
    for (const part of ['a', 'b', 'c'] as const) {
      expect(one.proof[part]).not.toEqual(other.proof[part]);
    }
  });

  test('proves from a witness graph alone, to the same public signals', async () => {
    const { zkey } = await tinyCircuit();
    const { file: graph } = await tinyGraph();
    // Nothing reads circom's program where there is a graph.
    await expectRight(await prover.prove({ zkey, graph, wasm: new Uint8Array(), signals }));
  });

  test('a file that is no witness graph fails with its code', async () => {
    const circuit = await tinyCircuit();
    await expect(prover.prove({ ...circuit, graph: circuit.wasm, signals })).rejects.toThrow(
      code('key.bad_file'),
    );
  });

  test('after close it proves again', async () => {
    await prover.close();
    await expectRight(await prover.prove({ ...(await tinyCircuit()), signals }));
  });

  test('cancelled before or on the way, it stops with its code and then proves again', async () => {
    const circuit = await tinyCircuit();
    const before = AbortSignal.abort();
    await expect(prover.prove({ ...circuit, signals, abort: before })).rejects.toThrow(
      code('prove.aborted'),
    );
    for (const share of [0.1, 0.3, 0.6]) {
      const controller = new AbortController();
      const onProgress = (step: ProvingProgress) =>
        step.stage === 'proof' && step.share >= share && controller.abort();
      await expect(
        prover.prove({ ...circuit, signals, onProgress, abort: controller.signal }),
      ).rejects.toThrow(code('prove.aborted'));
      await expectRight(await prover.prove({ ...circuit, signals }));
    }
  });

  test('two proofs asked for at once are both right', async () => {
    const circuit = await tinyCircuit();
    const made = await Promise.all([
      prover.prove({ ...circuit, signals }),
      prover.prove({ ...circuit, signals }),
    ]);
    for (const one of made) await expectRight(one);
  });

  test('inputs the circuit refuses, or does not know, fail with a code and show no value', async () => {
    const circuit = await tinyCircuit();
    const { secret: _, ...missing } = signals;
    for (const inputs of [missing, { ...signals, unknown: 987_654_321n as never }]) {
      const failure = await prover.prove({ ...circuit, signals: inputs }).catch((error) => error);
      expect(failure).toEqual(code('prove.bad_input'));
      expect(String(failure)).not.toContain('987654321');
    }
  });

  test('a key of another circuit fails with a code', async () => {
    const other = await otherCircuit();
    const { zkey } = await tinyCircuit();
    await expect(
      prover.prove({ wasm: other.wasm, zkey, signals: { x: signals.secret } }),
    ).rejects.toThrow(code('prove.failed'));
  });
});

const once = <T>(make: () => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};
const tinyGraph = once(async () => graphCircuit((await tinyCircuit()).source));
const otherCircuit = once(() =>
  compileCircuit(`
    pragma circom 2.1.0;
    template Other() { signal input x; signal output y; y <== x * x; }
    component main = Other();`),
);
