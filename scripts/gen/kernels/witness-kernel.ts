import { compileKernel, kernelModule, readIfThere } from './compile-kernel.ts';

const FOLDER = 'kernels/witness';

/** @returns generated TypeScript by path */
export async function generateWitnessKernel(root: string): Promise<[string, string][]> {
  const bytes = await compileKernel(FOLDER, (path) => readIfThere(root, path));
  return [['src/groth16/witness/kernel.generated.ts', kernelModule(FOLDER, bytes)]];
}
