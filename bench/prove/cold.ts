import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { packageRoot } from '../../src/keys/paths.ts';
import type { ProvingCase } from './proving-case.ts';

export type ColdEngine = 'snarkjs' | 'wasm' | 'tables';

export interface ColdFigures {
  /** Since the process began. */
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Processes that prove once (or more often) and end; the program is built first, as one would ship it. */
export async function coldProver(provingCase: ProvingCase): Promise<ColdProver> {
  const folder = await mkdtemp(join(packageRoot, 'build', 'bench-'));
  const { graph } = provingCase.keys.artifacts;
  const { wasm, zkey } = await provingCase.keys.snarkjsFiles();
  const inputs = JSON.stringify(provingCase.signals, (_key, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  await writeFile(join(folder, 'circuit.wasm'), wasm);
  await writeFile(join(folder, 'circuit.zkey'), zkey);
  if (graph) await writeFile(join(folder, 'circuit.graph'), graph);
  await writeFile(join(folder, 'inputs.json'), inputs);
  await build({
    root: packageRoot,
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: join(import.meta.dirname, 'cold-main.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'cold-main.js', format: 'es' } },
    },
  });
  return {
    async run(engine, proofs = 1) {
      const args = [join(folder, 'cold-main.js'), engine, folder, String(proofs)];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      return JSON.parse(stdout) as ColdFigures;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface ColdProver extends AsyncDisposable {
  run(engine: ColdEngine, proofs?: number): Promise<ColdFigures>;
}
