import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type KeyEntry, keyEntry } from '../src/groth16/manifest.ts';
import { type CompiledCircuit, compiledCircuit } from '../src/keys/circuit-build.ts';
import {
  changedFiles,
  readKeyFiles,
  readManifest,
  writeKeyFiles,
  writeManifest,
} from '../src/keys/key-files.ts';
import { type MadeKeys, makeDevelopmentKeys } from '../src/keys/make-keys.ts';
import { shippedKeysFolder } from '../src/keys/paths.ts';
import { statementRegistry } from '../src/statements/registry.ts';
import { whatChanged } from './keys/what-changed.ts';

/**
 * `npm run keys`: makes the keys that ship, `keys/`, from the circuits, where those are not the ones
 * the manifest names. A statement that has a key keeps it: another circuit is another version.
 * `-- --renew` makes it anew all the same, before a version is released.
 * `-- --check` makes everything again and writes nothing: fails where a byte would be another.
 */
const { values: options } = parseArgs({
  options: { check: { type: 'boolean' }, renew: { type: 'boolean' } },
});
/** What the folder may hold, in bytes. */
const MOST_BYTES = 30_000_000;

const manifest = (await readManifest(shippedKeysFolder)) ?? {
  format: 'canbao/keys@1' as const,
  statements: {},
};
const before = manifest.statements;
const after: Record<string, KeyEntry> = {};
const faults: string[] = [];

// As many at once as there are cores for; keys take all of them, one after another.
const circuits = await Promise.all(
  statementRegistry.all().map(async ({ name }) => ({ name, circuit: await compiledCircuit(name) })),
);
for (const { name, circuit } of circuits) {
  const entry = Object.hasOwn(before, name) ? before[name] : undefined;
  const { isOther, names } = whatChanged(circuit, entry);
  if (entry && isOther && !options.renew) {
    faults.push(
      `${name}: its circuit has changed (${names}). Give it a new version, or, if this one was never released, npm run keys -- --renew`,
    );
    continue;
  }
  after[name] = options.check ? await checked(name, circuit) : await made(name, circuit, entry);
}
const known = new Set<string>(statementRegistry.all().map(({ name }) => name));
const gone = Object.keys(before).filter((name) => !known.has(name));
if (options.check) faults.push(...gone.map((name) => `${name}: there is no such statement`));

if (!options.check && faults.length === 0) {
  for (const name of gone) await rm(join(shippedKeysFolder, name), { recursive: true });
  await writeManifest(shippedKeysFolder, after);
}
const total = await sizeOf(shippedKeysFolder);
console.log(`keys/: ${total.toLocaleString('en')} bytes`);
if (total > MOST_BYTES)
  faults.push(`keys/ is larger than ${MOST_BYTES.toLocaleString('en')} bytes`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Made and written, unless it is there already. */
async function made(
  name: string,
  circuit: CompiledCircuit,
  entry: KeyEntry | undefined,
): Promise<KeyEntry> {
  const folder = join(shippedKeysFolder, name);
  const kept = entry && !options.renew && (await readKeyFiles(folder).catch(() => undefined));
  if (kept && changedFiles({ ...kept, graph: circuit.graph }, entry).length === 0) {
    return { ...entry, sources: circuit.sources };
  }
  const { files, entry: fresh } = await make(name, circuit);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeKeyFiles(folder, files);
  return fresh;
}

/** Made again, and compared with what is there and with the manifest. */
async function checked(name: string, circuit: CompiledCircuit): Promise<KeyEntry> {
  const named = keyEntry(manifest, name);
  const kept = await readKeyFiles(join(shippedKeysFolder, name));
  for (const file of changedFiles(kept, named)) {
    faults.push(`${name}: ${file} is not the one the manifest names`);
  }
  // What a ceremony made cannot be made again: its transcript is checked by `canbao ceremony verify`.
  const isAgain = named.status === 'development';
  const again = isAgain
    ? (await make(name, circuit)).entry
    : { ...named, sources: circuit.sources };
  const keys = new Set([...Object.keys(again), ...Object.keys(named)]) as Set<keyof KeyEntry>;
  for (const key of keys) {
    if (JSON.stringify(again[key]) !== JSON.stringify(named[key])) {
      faults.push(`${name}: ${key} of the manifest is not what the sources give`);
    }
  }
  return named;
}

async function make(name: string, circuit: CompiledCircuit): Promise<MadeKeys> {
  const made = await makeDevelopmentKeys(name, circuit);
  console.log(`${name}: ${made.entry.status} key ${made.entry.vkeyHash}`);
  return made;
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
