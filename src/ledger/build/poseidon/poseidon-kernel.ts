import { base64 } from '@scure/base';
import { allowRelaxedSimd, type KernelVariant } from '../../../groth16/engine/load-kernel.ts';

/**
 * What the WebAssembly of `kernels/poseidon` exports. Numbers are addresses or counts; integers are
 * 32 bytes, little-endian; an element is 40 bytes, a pair of elements 80.
 */
export interface PoseidonKernel {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  importConstants(dst: number, src: number, count: number, work: number): void;
  countCanonical(src: number, count: number): number;
  hashMany(
    dst: number,
    src: number,
    count: number,
    width: number,
    rounds: number,
    block: number,
    constants: number,
    work: number,
  ): void;
}

/** @returns undefined where the engine lacks what the variant needs */
export async function loadPoseidonKernel(
  variant: KernelVariant,
): Promise<PoseidonKernel | undefined> {
  allowRelaxedSimd();
  const { KERNEL } = await (variant === 'fma'
    ? import('./kernel-fma.generated.ts')
    : import('./kernel-limbs.generated.ts'));
  const bytes = base64.decode(KERNEL) as Uint8Array<ArrayBuffer>;
  if (!WebAssembly.validate(bytes)) return undefined;
  const abort = () => {
    throw new Error('the kernel stopped');
  };
  const { instance } = await WebAssembly.instantiate(bytes, { env: { abort } });
  return instance.exports as unknown as PoseidonKernel;
}
