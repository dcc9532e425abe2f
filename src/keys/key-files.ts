import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { sha256Hex } from '../groth16/artifacts.ts';
import { type KeyEntry, type KeyManifest, parseManifest } from '../groth16/manifest.ts';
import { verificationKeyFromZkey } from '../groth16/zkey.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** What a folder of keys holds of a statement. The zkey comes out of the compact key, byte for byte. */
export interface KeyFiles {
  /** Not every circuit has a graph. */
  readonly graph: Uint8Array | undefined;
  /** circom's own witness program, for other provers. */
  readonly wasm: Uint8Array;
  readonly compactKey: Uint8Array;
}

const GRAPH = 'circuit.graph';
const WASM = 'circuit.wasm.br';
const COMPACT_KEY = 'circuit.ckey';
/** For whoever only verifies: read by people and other tools, not by us. */
const VERIFICATION_KEY = 'verification_key.json';
const MANIFEST = 'manifest.json';
/** More takes ten times as long for a twentieth of the size. */
const BROTLI_QUALITY = 9;
const WINDOW_BITS = 24;

/** @param folder of one statement */
export async function writeKeyFiles(folder: string, files: KeyFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [BROTLI_PARAM_LGWIN]: WINDOW_BITS };
  if (files.graph) await writeFile(join(folder, GRAPH), files.graph);
  await writeFile(join(folder, WASM), await compress(files.wasm, { params }));
  await writeFile(join(folder, COMPACT_KEY), files.compactKey);
  const key = verificationKeyFromZkey(files.compactKey);
  await writeFile(join(folder, VERIFICATION_KEY), `${JSON.stringify(key, null, 2)}\n`);
}

/**
 * What a prover of ours takes: the graph, or circom's program where there is none, and the compact key.
 * @throws key.bad_file
 */
export async function readProvingFiles(folder: string, entry: KeyEntry) {
  const zkey = await readKeyFile(folder, COMPACT_KEY);
  if (entry.graph === undefined) return { wasm: await readWitnessProgram(folder), zkey };
  return { graph: await readKeyFile(folder, GRAPH), zkey };
}

/** Everything in it. @throws key.bad_file */
export async function readKeyFiles(folder: string): Promise<KeyFiles> {
  return {
    graph: await readFile(join(folder, GRAPH)).catch(() => undefined),
    wasm: await readWitnessProgram(folder),
    compactKey: await readKeyFile(folder, COMPACT_KEY),
  };
}

/** circom's witness program. @throws key.bad_file */
export async function readWitnessProgram(folder: string): Promise<Uint8Array> {
  const compressed = await readKeyFile(folder, WASM);
  return decompress(compressed).catch((cause) => {
    throw new CanbaoError('key.bad_file', { kind: WASM, reason: 'it is damaged' }, cause);
  });
}

/** @throws key.bad_file */
async function readKeyFile(folder: string, name: string): Promise<Uint8Array> {
  return readFile(join(folder, name)).catch((cause) => {
    throw new CanbaoError('key.bad_file', { kind: name, reason: `${folder} has none` }, cause);
  });
}

/** Undefined where the folder has none. @throws key.bad_file */
export async function readManifest(folder: string): Promise<KeyManifest | undefined> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseManifest(JSON.parse(text));
}

export async function writeManifest(
  folder: string,
  statements: KeyManifest['statements'],
): Promise<void> {
  const sorted = Object.fromEntries(
    Object.entries(statements).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const manifest = { format: 'canbao/keys@1', statements: sorted };
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Names of files whose bytes are not the entry's. The zkey is known from the compact key. */
export function changedFiles(files: KeyFiles, entry: KeyEntry): string[] {
  const hashes = {
    graph: files.graph && sha256Hex(files.graph),
    wasm: sha256Hex(files.wasm),
    compactKey: sha256Hex(files.compactKey),
  };
  return Object.entries(hashes)
    .filter(([name, hash]) => hash !== entry[name as keyof typeof hashes])
    .map(([name]) => name);
}
