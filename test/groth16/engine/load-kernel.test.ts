import { bn254 } from '@noble/curves/bn254.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readUint256, writeUint256 } from '../../../src/groth16/bin-file.ts';
import type { ProverKernel } from '../../../src/groth16/engine/kernel.ts';
import {
  compileKernel,
  createMemory,
  instantiateKernel,
  isRight,
} from '../../../src/groth16/engine/load-kernel.ts';
import { variantsHere } from '../../support/kernel-bench.ts';

const { Fp: Fq } = bn254.fields;

/** A kernel whose products come out changed. */
async function bent(change: (product: bigint, call: number) => bigint) {
  const { module } = await compileKernel('limbs');
  const memory = createMemory();
  const right = instantiateKernel(module, memory);
  let calls = 0;
  const kernel: ProverKernel = {
    ...right,
    multiplyFq(dst, a, b, work) {
      right.multiplyFq(dst, a, b, work);
      const view = new DataView(memory.buffer);
      writeUint256(view, dst, change(readUint256(view, dst), calls++));
    },
  };
  return isRight(kernel, memory);
}

test.each(variantsHere)('%s is right here', async (variant) => {
  const { module } = await compileKernel(variant);
  const memory = createMemory();
  expect(isRight(instantiateKernel(module, memory), memory)).toBe(true);
});

test('a kernel whose products are off is not right', async () => {
  expect(await bent((product) => product)).toBe(true);
  expect(await bent((product) => Fq.add(product, 1n))).toBe(false);
  expect(await bent((product) => product + Fq.ORDER)).toBe(false);
  expect(await bent((product) => product ^ (1n << 51n))).toBe(false);
  // Wrong only now and then, as rounding is.
  expect(await bent((product, call) => (call === 11 ? product - 1n : product))).toBe(false);
});

beforeEach(() => void vi.resetModules());
afterEach(() => void vi.restoreAllMocks());

/** The choice is made once a process: each test loads the module anew. */
const freshChoice = async () =>
  (await import('../../../src/groth16/engine/load-kernel.ts')).chooseKernel();

test('the choice falls on limbs where the fused kernel computes wrongly', async () => {
  const { Instance } = WebAssembly;
  let instances = 0;
  class Wrong {
    readonly exports: WebAssembly.Exports;
    constructor(module: WebAssembly.Module, imports: { env: { memory: WebAssembly.Memory } }) {
      instances++;
      const { exports } = new Instance(module, imports);
      const right = exports as unknown as ProverKernel;
      const multiplyFq: ProverKernel['multiplyFq'] = (dst, ...operands) => {
        right.multiplyFq(dst, ...operands);
        const view = new DataView(imports.env.memory.buffer);
        view.setUint8(dst, view.getUint8(dst) ^ 1);
      };
      this.exports = { ...exports, multiplyFq };
    }
  }
  vi.spyOn(WebAssembly, 'Instance').mockImplementation(Wrong as never);
  expect((await freshChoice()).variant).toBe('limbs');
  expect(instances).toBe(1);
});

test('and where the engine does not know the instructions', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  expect((await freshChoice()).variant).toBe('limbs');
});
