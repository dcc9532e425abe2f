import { bn254 } from '@noble/curves/bn254.js';
import { base64 } from '@scure/base';
import { readUint256, writeUint256 } from '../bin-file.ts';
import type { ProverKernel } from './kernel.ts';

/** `fma` is more than twice as fast and needs relaxed SIMD whose multiply-add is fused; `limbs` runs anywhere. */
export type KernelVariant = 'fma' | 'limbs';

export interface CompiledKernel {
  readonly variant: KernelVariant;
  readonly module: WebAssembly.Module;
}

const PAGES = { initial: 4, maximum: 65536 };
const { Fp } = bn254.fields;

/** Shared: where that may not be sent to other threads, one thread uses it alone. */
export function createMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ ...PAGES, shared: true });
}

export function instantiateKernel(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): ProverKernel {
  const abort = () => {
    throw new Error('the kernel stopped');
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  return exports as unknown as ProverKernel;
}

let chosen: Promise<CompiledKernel> | undefined;

/** The fastest kernel that computes rightly here: chosen once, by computing. */
export function chooseKernel(): Promise<CompiledKernel> {
  chosen ??= choose();
  return chosen;
}

async function choose(): Promise<CompiledKernel> {
  allowRelaxedSimd();
  const { KERNEL: fma } = await import('./kernel-fma.generated.ts');
  const bytes = base64.decode(fma) as Uint8Array<ArrayBuffer>;
  if (WebAssembly.validate(bytes)) {
    const module = await WebAssembly.compile(bytes);
    const memory = createMemory();
    if (isRight(instantiateKernel(module, memory), memory)) return { variant: 'fma', module };
  }
  return compileKernel('limbs');
}

/** A variant whether or not it is right here: for tests and comparisons. */
export async function compileKernel(variant: KernelVariant): Promise<CompiledKernel> {
  allowRelaxedSimd();
  const { KERNEL } = await (variant === 'fma'
    ? import('./kernel-fma.generated.ts')
    : import('./kernel-limbs.generated.ts'));
  const bytes = base64.decode(KERNEL) as Uint8Array<ArrayBuffer>;
  return { variant, module: await WebAssembly.compile(bytes) };
}

/** Node before 22 has relaxed SIMD behind a flag, which takes effect when a module is compiled. */
export function allowRelaxedSimd(): void {
  const { process } = globalThis as {
    process?: {
      getBuiltinModule?(name: string): { setFlagsFromString(flags: string): void } | undefined;
      versions?: { v8?: string };
    };
  };
  if (Number.parseInt(process?.versions?.v8 ?? '99', 10) >= 12) return;
  process?.getBuiltinModule?.('node:v8')?.setFlagsFromString('--experimental-wasm-relaxed-simd');
}

/**
 * An engine may round between multiplication and addition: then low halves of products are lost and
 * products come out wrong. A few of them tell.
 */
export function isRight(kernel: ProverKernel, memory: WebAssembly.Memory): boolean {
  const base = Math.ceil(kernel.heapBase() / 64) * 64;
  const [a, b, product, work] = [base, base + 64, base + 128, base + 192] as const;
  const view = new DataView(memory.buffer);
  let [x, y] = [Fp.ORDER - 1n, Fp.ORDER / 3n];
  for (let i = 0; i < 16; i++) {
    writeUint256(view, a, x);
    writeUint256(view, b, y);
    kernel.multiplyFq(product, a, b, work);
    const expected = Fp.mul(x, y);
    if (readUint256(view, product) !== expected) return false;
    [x, y] = [y, Fp.add(expected, x)];
  }
  return true;
}
