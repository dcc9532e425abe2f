import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { concatBytes } from '@noble/hashes/utils.js';
import { describeArtifacts, sha256Hex } from '../groth16/artifacts.ts';
import { encodeCompactKey } from '../groth16/compact-key/encode.ts';
import { developmentSetup } from '../groth16/development-setup.ts';
import { type KeyEntry, keyEntry, parseManifest } from '../groth16/manifest.ts';
import type { CompiledCircuit } from './circuit-build.ts';
import { developmentKeyFolder } from './paths.ts';

const COMPACT_KEY_FILE = 'circuit.ckey';

/** A development key with the manifest entry that labels it so. */
export interface DevelopmentKey {
  readonly zkey: Uint8Array;
  readonly entry: KeyEntry;
}

/**
 * The development key of a circuit, made once and kept by the circuit's hash: a changed circuit gets
 * a new one, an unchanged one keeps its own, on this machine.
 * @throws key.bad_file
 */
export async function developmentKey(
  statement: string,
  circuit: CompiledCircuit,
  onProgress: (share: number) => void = () => {},
): Promise<DevelopmentKey> {
  const folder = keyFolder(statement, circuit);
  if (!existsSync(folder)) await makeKey(statement, circuit, folder, onProgress);
  const manifest = parseManifest(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  const zkey = await readFile(join(folder, 'circuit.zkey'));
  const entry = keyEntry(manifest, statement);
  const graph = circuit.graph && sha256Hex(circuit.graph);
  if (entry.graph === graph) return { zkey, entry };
  // The graph is a faster form of the witness program: a new one needs no new key, but its name in the manifest.
  const { compactKey } = entry;
  const described = describeArtifacts({ ...circuit, zkey }, circuit.tools);
  const renewed = { ...described, ...(compactKey && { compactKey }) };
  await writeManifest(folder, statement, renewed);
  return { zkey, entry: renewed };
}

/** Written aside and renamed, so that nobody reads half of it. */
async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, content);
  await rename(aside, path);
}

async function writeManifest(folder: string, statement: string, entry: KeyEntry): Promise<void> {
  const manifest = { format: 'canbao/keys@1', statements: { [statement]: entry } };
  await replaceFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The manifest binds constraints and witness program: where either changes, so does the key. */
function keyFolder(
  statement: string,
  { r1cs, wasm }: Pick<CompiledCircuit, 'r1cs' | 'wasm'>,
): string {
  const circuitHash = sha256Hex(concatBytes(r1cs, wasm)).slice(0, 16);
  return join(developmentKeyFolder, `${statement}-${circuitHash}`);
}

/** A key as pages fetch it, with the manifest entry that binds it. */
export interface CompactDevelopmentKey {
  readonly compactKey: Uint8Array;
  readonly entry: KeyEntry;
}

/**
 * The compact key, `circuit.ckey`: made once, which takes seconds, kept beside the development key
 * and bound in its manifest.
 * @throws key.bad_file
 */
export async function compactDevelopmentKey(
  statement: string,
  circuit: Pick<CompiledCircuit, 'r1cs' | 'wasm'>,
  { zkey, entry }: DevelopmentKey,
): Promise<CompactDevelopmentKey> {
  const folder = keyFolder(statement, circuit);
  const kept = await readFile(join(folder, COMPACT_KEY_FILE)).catch(() => undefined);
  if (kept && sha256Hex(kept) === entry.compactKey) return { compactKey: kept, entry };
  const compactKey = await encodeCompactKey(zkey);
  const bound = { ...entry, compactKey: sha256Hex(compactKey) };
  await replaceFile(join(folder, COMPACT_KEY_FILE), compactKey);
  await writeManifest(folder, statement, bound);
  return { compactKey, entry: bound };
}

/** Written aside and renamed: key and manifest appear together, or not at all. */
async function makeKey(
  statement: string,
  circuit: CompiledCircuit,
  folder: string,
  onProgress: (share: number) => void,
): Promise<void> {
  const zkey = await developmentSetup(circuit.r1cs, { onProgress });
  const entry = describeArtifacts({ ...circuit, zkey }, circuit.tools);
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(join(dirname(folder), 'making-'));
  try {
    await writeFile(join(scratch, 'circuit.zkey'), zkey);
    await writeManifest(scratch, statement, entry);
    await rename(scratch, folder).catch((cause) => {
      // Another process was faster: its key serves as well.
      if (!existsSync(folder)) throw cause;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
