import {
  compileKernel,
  Fr,
  kernelModule,
  RELAXED_SIMD,
  readIfThere,
  VARIANTS,
} from './compile-kernel.ts';
import type { KernelField } from './field-source.ts';
import { fmaFieldSource } from './fma-field.ts';
import { fmaSumsSource } from './fma-sums.ts';
import { limbFieldSource } from './limb-field.ts';
import { limbSumsSource } from './limb-sums.ts';

const FIELD_SOURCES = {
  fma: (field: KernelField) => fmaFieldSource(field) + fmaSumsSource(field),
  limbs: (field: KernelField) => limbFieldSource(field) + limbSumsSource(field),
} as const;
const FOLDER = 'kernels/poseidon';

/** @returns generated TypeScript by path */
export async function generatePoseidonKernels(root: string): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for (const variant of VARIANTS) {
    const source = FIELD_SOURCES[variant](Fr) + primeWords(Fr);
    const read = (path: string) => (path === `${FOLDER}/Fr.ts` ? source : readIfThere(root, path));
    const bytes = await compileKernel(FOLDER, read, RELAXED_SIMD);
    const path = `src/ledger/build/poseidon/kernel-${variant}.generated.ts`;
    files.push([path, kernelModule(FOLDER, bytes)]);
  }
  return files;
}

function primeWords({ prime }: KernelField): string {
  const words = [0n, 64n, 128n, 192n].map((bits) => BigInt.asUintN(64, prime >> bits));
  return `/** The prime, 32 bytes. */\nexport const PRIME: usize = memory.data<u64>([${words.join(', ')}], 16);\n`;
}
