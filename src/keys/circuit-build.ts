import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import pLimit from 'p-limit';
import { circuitGraph } from './circuit-graph.ts';
import { circuitBuildFolder, packageRoot } from './paths.ts';
import { runCircom } from './run-circom.ts';

/** Files of one compiled circuit. */
export interface CompiledCircuit {
  readonly r1cs: Uint8Array;
  readonly wasm: Uint8Array;
  /** The compiled witness graph; undefined for a circuit the graph compiler does not cover. */
  readonly graph: Uint8Array | undefined;
  /** Path of circom's symbol table: wire numbers by signal name. */
  readonly symFile: string;
  /** Versions of what made them. */
  readonly tools: Readonly<Record<string, string>>;
  /** SHA-256 of sources and tools. */
  readonly sources: string;
}

/** Called when a circuit has to be compiled, which takes some ten seconds. */
export type CompileProgress = (statement: string) => void;

const require = createRequire(import.meta.url);
/** circom takes one core and most of a gigabyte. */
const compilers = pLimit(2);

/**
 * Compiles `circuits/generated/main/<statement>.circom` with circom, full simplification, into
 * `build/circuits/`; does nothing where the sources are those of the last build.
 * @throws key.compile_failed
 */
export async function compiledCircuit(
  statement: string,
  onCompile: CompileProgress = () => {},
): Promise<CompiledCircuit> {
  const tools = await toolVersions();
  const sources = await sourceHash(statement, tools);
  const folder = join(circuitBuildFolder, statement, sources.slice(0, 32));
  if (!existsSync(folder)) {
    await compilers(() => {
      onCompile(statement);
      return compileInto(statement, folder);
    });
  }
  return {
    r1cs: await readFile(join(folder, 'circuit.r1cs')),
    graph: await circuitGraph(folder, (make) =>
      compilers(async () => {
        onCompile(statement);
        await make(statement, mainOf(statement));
      }),
    ),
    wasm: await readFile(join(folder, 'circuit.wasm')),
    symFile: join(folder, 'circuit.sym'),
    ...{ tools, sources },
  };
}

/** Hash of what a circuit is compiled from; undefined where circuits or circom are not here. */
export async function circuitSources(statement: string): Promise<string | undefined> {
  try {
    return await sourceHash(statement, await toolVersions());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function mainOf(statement: string): string {
  return join(packageRoot, 'circuits', 'generated', 'main', `${statement}.circom`);
}

/** Compiles beside the target and renames, so that a build cut short is never taken for whole. */
async function compileInto(statement: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(join(dirname(folder), 'building-'));
  try {
    await runCircom(statement, mainOf(statement), scratch, ['--r1cs', '--wasm', '--sym', '--O2']);
    await rename(join(scratch, `${statement}.r1cs`), join(scratch, 'circuit.r1cs'));
    await rename(join(scratch, `${statement}.sym`), join(scratch, 'circuit.sym'));
    await rename(
      join(scratch, `${statement}_js`, `${statement}.wasm`),
      join(scratch, 'circuit.wasm'),
    );
    await rm(join(scratch, `${statement}_js`), { recursive: true });
    await rename(scratch, folder).catch((cause) => {
      // Another process was faster: its files are the same.
      if (!existsSync(folder)) throw cause;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function toolVersions(): Promise<Record<string, string>> {
  const version = async (name: string) =>
    (
      JSON.parse(await readFile(require.resolve(`${name}/package.json`), 'utf8')) as {
        version: string;
      }
    ).version;
  return { circom2: await version('circom2'), circomlib: await version('circomlib') };
}

/** SHA-256 over tools and every source the main may include: shared library, generated parts, its own folder. */
async function sourceHash(statement: string, tools: Record<string, string>): Promise<string> {
  const slug = statement.slice(0, statement.lastIndexOf('@'));
  const hash = createHash('sha256').update(JSON.stringify(tools));
  const own = [`statements/${slug}/circuit.circom`, `generated/main/${statement}.circom`];
  const generated = (await readdir(join(packageRoot, 'circuits', 'generated')))
    .filter((file) => file.endsWith('.circom'))
    .filter((file) => !file.endsWith('-params.circom') || file === `unpack-${slug}-params.circom`)
    .map((file) => `generated/${file}`);
  const shared = (await circomFiles(join(packageRoot, 'circuits', 'lib')))
    .map((file) => relative(join(packageRoot, 'circuits'), file))
    .concat(generated);
  for (const file of [...shared, ...own].sort()) {
    hash.update(file).update('\0');
    hash.update(await readFile(join(packageRoot, 'circuits', file)));
  }
  return hash.digest('hex');
}

async function circomFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.circom'))
    .map((entry) => join(entry.parentPath, entry.name));
}
