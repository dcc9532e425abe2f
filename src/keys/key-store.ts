import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { concatBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { onceEach } from '../core/once-each.ts';
import { assertArtifacts, sha256Hex } from '../groth16/artifacts.ts';
import { decodeCompactKey } from '../groth16/compact-key/decode.ts';
import type { KeyEntry, KeyManifest, KeyPolicy } from '../groth16/manifest.ts';
import type { ProvingArtifacts } from '../groth16/prover.ts';
import { decodeVerificationKey, type VerificationKey } from '../groth16/verification-key.ts';
import { verificationKeyFromZkey } from '../groth16/zkey.ts';
import { circuitSources, compiledCircuit } from './circuit-build.ts';
import {
  readManifest,
  readProvingFiles,
  readWitnessProgram,
  writeKeyFiles,
  writeManifest,
} from './key-files.ts';
import { makeDevelopmentKeys } from './make-keys.ts';
import { shippedKeysFolder, unshippedKeysFolder } from './paths.ts';

/** What a statement is proven and verified with, checked against its manifest entry. */
export interface StatementKeys {
  /** The witness graph, where the circuit has one, and the compact key. */
  readonly artifacts: ProvingArtifacts;
  readonly verificationKey: VerificationKey;
  readonly entry: KeyEntry;
  /** What other provers take: some 20 MB, read and decoded each time. @throws key.bad_file */
  snarkjsFiles(): Promise<SnarkjsFiles>;
}

/** As circom and snarkjs write them. */
export interface SnarkjsFiles {
  readonly wasm: Uint8Array;
  readonly zkey: Uint8Array;
}

/** Work that takes more than a moment, for a progress line. */
export interface KeyProgress {
  readonly statement: string;
  readonly stage: 'compile' | 'setup';
  /** 0 to 1; circom tells nothing on its way, so a compilation only begins. */
  readonly share: number;
}

export interface KeyStore {
  /**
   * @throws key.development_refused, key.too_few_contributions, key.unsafe, key.hash_mismatch,
   * key.bad_file, key.compile_failed
   */
  get(statement: string): Promise<StatementKeys>;
}

/**
 * The keys that ship, each read once a process. A circuit whose sources are not those its shipped key
 * was made from is one being worked on: it is compiled, and has a development key of its own.
 * @param folder of the keys that ship
 */
export function openKeyStore(
  policy: KeyPolicy,
  onProgress: (progress: KeyProgress) => void = () => {},
  folder = shippedKeysFolder,
): KeyStore {
  const manifestOf = onceEach(readManifest);
  const get = onceEach(async (statement: string): Promise<StatementKeys> => {
    const shipped = await shippedEntry(await manifestOf(folder), statement);
    if (shipped) return openKeys(statement, join(folder, statement), shipped, policy);
    const made = await unshippedKeys(statement, onProgress);
    return openKeys(statement, made.folder, made.entry, policy);
  });
  return { get };
}

async function openKeys(
  statement: string,
  folder: string,
  entry: KeyEntry,
  policy: KeyPolicy,
): Promise<StatementKeys> {
  const artifacts = await readProvingFiles(folder, entry);
  assertArtifacts(statement, artifacts, entry, policy);
  const verificationKey = decodeVerificationKey(verificationKeyFromZkey(artifacts.zkey));
  return {
    ...{ artifacts, verificationKey, entry },
    snarkjsFiles: async () => ({
      wasm: await readWitnessProgram(folder),
      zkey: await decodeCompactKey(artifacts.zkey),
    }),
  };
}

/** Undefined where none ships, or the sources here are others. */
async function shippedEntry(
  manifest: KeyManifest | undefined,
  statement: string,
): Promise<KeyEntry | undefined> {
  const entry = manifest?.statements[statement];
  // Without circuits or compiler there is nothing to differ: a package that was installed.
  const sources = entry && (await circuitSources(statement));
  return sources === undefined || sources === entry?.sources ? entry : undefined;
}

/** Made once, and kept by the circuit's hash. */
async function unshippedKeys(
  statement: string,
  onProgress: (progress: KeyProgress) => void,
): Promise<{ folder: string; entry: KeyEntry }> {
  const circuit = await compiledCircuit(statement, () =>
    onProgress({ statement, stage: 'compile', share: 0 }),
  );
  const { r1cs, wasm, graph = new Uint8Array(), sources } = circuit;
  const hash = sha256Hex(concatBytes(r1cs, wasm, graph)).slice(0, 16);
  const folder = join(unshippedKeysFolder, `${statement}-${hash}`);
  if (!existsSync(folder)) {
    const { files, entry } = await makeDevelopmentKeys(statement, circuit, (share) =>
      onProgress({ statement, stage: 'setup', share }),
    );
    await appearTogether(folder, async (scratch) => {
      await writeKeyFiles(scratch, files);
      await writeManifest(scratch, { [statement]: entry });
    });
  }
  const entry = (await readManifest(folder))?.statements[statement];
  if (!entry) throw new CanbaoError('key.unknown', { statement });
  return { folder, entry: { ...entry, sources } };
}

/** Written aside and renamed: key and manifest appear together, or not at all. */
async function appearTogether(
  folder: string,
  write: (scratch: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(join(dirname(folder), 'making-'));
  try {
    await write(scratch);
    await rename(scratch, folder).catch((cause) => {
      // Another process was faster: its files are the same.
      if (!existsSync(folder)) throw cause;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
