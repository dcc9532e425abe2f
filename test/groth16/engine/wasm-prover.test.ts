import { EventEmitter, once } from 'node:events';
import threads from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { type WasmProverOptions, wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
import type { ProofInput, ProofOutput, Prover } from '../../../src/groth16/prover.ts';
import { verifyProof } from '../../../src/groth16/verify-proof.ts';
import { tinyCircuit, tinyPublicSignals, tinySignals } from '../../support/tiny-circuit.ts';
import { tinyVerificationKey } from '../../support/tiny-proof.ts';

const signals = tinySignals;
const code = (expected: string) => expect.objectContaining({ code: expected });
const expectRight = async ({ proof, publicSignals }: ProofOutput) => {
  expect(publicSignals).toEqual(tinyPublicSignals);
  expect(await verifyProof(await tinyVerificationKey(), publicSignals, proof)).toBe(true);
};

const { Worker } = threads;
let prover: Prover | undefined;
const proverWith = (options: WasmProverOptions) => {
  prover = wasmProver(options);
  return prover;
};
afterEach(async () => {
  threads.Worker = Worker;
  await prover?.close();
});

/** The same key again: a prover tells keys apart by their array. */
async function keyCopies(count: number): Promise<[ProofInput, ...ProofInput[]]> {
  const { zkey, ...files } = await tinyCircuit();
  const copy = () => ({ ...files, zkey: zkey.slice(), signals });
  return [copy(), ...Array.from({ length: count - 1 }, copy)];
}

describe.each([{ threads: 0 }, { threads: 2 }])('threads: $threads', ({ threads }) => {
  test('more keys than are kept, one after another and back again', async () => {
    const { prove } = proverWith({ threads, keys: 2 });
    const inputs = await keyCopies(4);
    for (const i of [0, 1, 2, 3, 0, 3, 1, 1]) {
      await expectRight(await prove(inputs[i] ?? inputs[0]));
    }
  });

  test('more keys than are kept, all at once: none is taken from under a proof', async () => {
    const { prove } = proverWith({ threads, keys: 1 });
    const inputs = await keyCopies(4);
    const made = await Promise.all([...inputs, ...inputs].map((input) => prove(input)));
    for (const one of made) await expectRight(one);
  });
});

test('with randomness given, r and s come from it', async () => {
  const [input] = await keyCopies(1);
  const randomness = (length: number) => new Uint8Array(length).fill(7);
  const [one, other] = await Promise.all(
    [1, 2].map(() => wasmProver({ threads: 0, randomness }).prove(input)),
  );
  expect(one?.proof).toEqual(other?.proof);
});

test('closed under proofs, it aborts those it has begun, and leaves none waiting', async () => {
  const { prove, close } = proverWith({ threads: 2, keys: 2 });
  const inputs = await keyCopies(2);
  await expectRight(await prove(inputs[0]));
  const proofs = [...inputs, ...inputs, ...inputs].map((input) =>
    prove(input).then(expectRight, (error) => expect(error).toEqual(code('prove.aborted'))),
  );
  await close();
  await Promise.all(proofs);
  await expectRight(await prove(inputs[0]));
});

test('aborting one proof leaves the one behind it alone', async () => {
  const { prove } = proverWith({ threads: 2 });
  const [input] = await keyCopies(1);
  const controller = new AbortController();
  const first = prove({
    ...input,
    abort: controller.signal,
    onProgress: ({ share }) => share > 0.2 && controller.abort(),
  });
  const second = prove(input);
  await expect(first).rejects.toThrow(code('prove.aborted'));
  await expectRight(await second);
});

test('a listener that throws stops its proof and no other', async () => {
  const { prove } = proverWith({ threads: 2 });
  const [input] = await keyCopies(1);
  const first = prove({
    ...input,
    onProgress: ({ share }) => {
      if (share > 0.2) throw new RangeError('listener');
    },
  });
  const second = prove(input);
  await expect(first).rejects.toThrow('listener');
  await expectRight(await second);
});

test.each([
  [
    'may not be started',
    class {
      constructor() {
        throw new Error('refused');
      }
    },
  ],
  [
    'are refused only later, as browsers do',
    class extends EventEmitter {
      constructor() {
        super();
        setTimeout(() => this.emit('error', new Error('refused')), 5);
      }
      postMessage() {}
      ref() {}
      unref() {}
      async terminate() {}
    },
  ],
  [
    'may not share memory',
    class extends EventEmitter {
      postMessage(message: { open?: unknown; id?: number }) {
        if (message.open) throw new DOMException('not shared', 'DataCloneError');
        setTimeout(() => this.emit('message', { results: [] }));
      }
      ref() {}
      unref() {}
      async terminate() {}
    },
  ],
])('where threads %s, it proves on one', async (_, Refused) => {
  let started = 0;
  threads.Worker = new Proxy(Refused, {
    construct: (target) => {
      started++;
      return new target();
    },
  }) as never;
  const { prove } = proverWith({ threads: 2 });
  const [input] = await keyCopies(1);
  await expectRight(await prove(input));
  await expectRight(await prove(input));
  // Asked once: 2 where they seem to start.
  expect([1, 2]).toContain(started);
});

test('where a thread dies, its proof fails with a code and the next one is right', async () => {
  const started: InstanceType<typeof Worker>[] = [];
  threads.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      started.push(this);
    }
  };
  const { prove } = proverWith({ threads: 2 });
  const [input] = await keyCopies(1);
  await expectRight(await prove(input));
  const failing = prove({
    ...input,
    onProgress: ({ share }) =>
      share > 0.2 && started[0]?.postMessage({ open: { module: 'no module' } }),
  });
  await failing.then(expectRight, (error) => expect(error).toEqual(code('prove.failed')));
  if (started[0] && started[0].threadId > 0) await once(started[0], 'exit');
  await expectRight(await prove(input));
  expect(started).toHaveLength(4);
});
