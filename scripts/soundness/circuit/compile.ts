import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../../src/keys/paths.ts';
import { scratchFolder } from '../scratch-folder.ts';

/** What circom makes of a main. */
export interface CompiledSource {
  readonly r1cs: Uint8Array;
  readonly wasm: Uint8Array;
  /** The symbol table's text. */
  readonly sym: string;
}

const require = createRequire(import.meta.url);

/** The library folders of the product's circuits, and circomlib; relative to the package. */
export const libraries = [
  'circuits/lib',
  'circuits/generated',
  'node_modules/circomlib/circuits',
] as const;

/**
 * Compiles a source text as statements are compiled (full simplification). Takes a second or more.
 * @param folders library folders, relative to the package: a patched copy comes before the original
 * @throws Error with what circom said
 */
export async function compileSource(
  source: string,
  folders: readonly string[] = libraries,
): Promise<CompiledSource> {
  // The compiler (a WASI program) opens only what lies below its folder.
  await using scratch = await scratchFolder('soundness');
  const folder = scratch.path;
  const main = join(folder, 'main.circom');
  await writeFile(main, source);
  const args = [
    ...['--no-warnings', require.resolve('circom2/cli.js'), relative(packageRoot, main)],
    ...['--r1cs', '--wasm', '--sym', '--O2', '-o', relative(packageRoot, folder)],
    ...folders.flatMap((library) => ['-l', library]),
  ];
  await promisify(execFile)(process.execPath, args, { cwd: packageRoot });
  return {
    r1cs: await readFile(join(folder, 'main.r1cs')),
    wasm: await readFile(join(folder, 'main_js', 'main.wasm')),
    sym: await readFile(join(folder, 'main.sym'), 'utf8'),
  };
}
