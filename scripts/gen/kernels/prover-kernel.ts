import {
  compileKernel,
  Fq,
  Fr,
  kernelModule,
  RELAXED_SIMD,
  readIfThere,
  VARIANTS,
} from './compile-kernel.ts';
import { fmaFieldSource } from './fma-field.ts';
import { limbFieldSource } from './limb-field.ts';

const FIELD_SOURCES = { fma: fmaFieldSource, limbs: limbFieldSource } as const;
const FOLDER = 'kernels/prover';
/** Pages of 64 KiB: what static data take; grown as keys are loaded. */
const PAGES = { initial: 4, maximum: 65536 };
const OPTIONS = [
  ...RELAXED_SIMD,
  ...['--enable', 'threads', '--importMemory', '--sharedMemory'],
  ...['--initialMemory', String(PAGES.initial), '--maximumMemory', String(PAGES.maximum)],
];

/** @returns generated TypeScript by path */
export async function generateProverKernels(root: string): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for (const variant of VARIANTS) {
    const fields = new Map(
      [Fq, Fr].map((field) => [`${FOLDER}/${field.name}.ts`, FIELD_SOURCES[variant](field)]),
    );
    /** Fields are generated; what is common to both groups is read for each of them. */
    const bytes = await compileKernel(
      FOLDER,
      (path) =>
        fields.get(path) ??
        readIfThere(root, path) ??
        readIfThere(root, path.replace(/\/g[12]\//, '/curve/')),
      OPTIONS,
    );
    const path = `src/groth16/engine/kernel-${variant}.generated.ts`;
    files.push([path, kernelModule(FOLDER, bytes)]);
  }
  return files;
}
