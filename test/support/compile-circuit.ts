import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);

/** What circom makes of a circuit. */
export interface CompiledCircuit {
  readonly r1cs: Uint8Array;
  readonly wasm: Uint8Array;
}

/** Compiles one circom source text; circomlib is on the include path. Takes about a second. */
export async function compileCircuit(source: string): Promise<CompiledCircuit> {
  const folder = await mkdtemp(join(tmpdir(), 'canbao-circuit-'));
  try {
    await writeFile(join(folder, 'main.circom'), source);
    const circom = require.resolve('circom2/cli.js');
    const circuits = join(require.resolve('circomlib/package.json'), '..', 'circuits');
    // The compiler (a WASI program) opens only what really lies below its folder.
    await cp(circuits, join(folder, 'circomlib'), { recursive: true });
    await promisify(execFile)(
      process.execPath,
      [circom, 'main.circom', '--r1cs', '--wasm', '-l', 'circomlib'],
      { cwd: folder },
    );
    return {
      r1cs: await readFile(join(folder, 'main.r1cs')),
      wasm: await readFile(join(folder, 'main_js', 'main.wasm')),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
