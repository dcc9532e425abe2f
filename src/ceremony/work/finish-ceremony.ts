import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { assertArtifacts, describeArtifacts } from '../../groth16/artifacts.ts';
import { encodeCompactKey } from '../../groth16/compact-key/encode.ts';
import type { KeyEntry } from '../../groth16/manifest.ts';
import type { CompiledCircuit } from '../../keys/circuit-build.ts';
import { writeKeyFiles, writeManifest } from '../../keys/key-files.ts';
import { ceremonyFacts } from '../compare-manifest.ts';
import { isClosed } from '../transcript.ts';
import { currentZkey, makeFolder, readTranscript, writeTranscript } from './ceremony-folder.ts';
import { assertEnough } from './contribute.ts';
import type { CeremonyProgress } from './init-ceremony.ts';
import { type VerifiedCeremony, verifyCeremony } from './verify-ceremony.ts';

/** A circuit compiled from source, with what proves by it. */
export type FullCircuit = Pick<CompiledCircuit, 'r1cs' | 'wasm' | 'graph' | 'tools'> &
  Partial<Pick<CompiledCircuit, 'sources'>>;

export interface Finish {
  readonly folder: string;
  /** Where keys, manifest and transcript are written: a new folder. */
  readonly output: string;
  readonly circuits: (statement: string) => Promise<FullCircuit>;
  readonly onProgress?: (progress: CeremonyProgress) => void;
}

export interface FinishedCeremony extends VerifiedCeremony {
  readonly statements: Readonly<Record<string, KeyEntry>>;
}

/**
 * Verifies all of a ceremony, and writes the keys it made as a folder of keys: a status of `ceremony`
 * only where phase 1 was a published one.
 * @throws ceremony.too_few, ceremony.no_beacon, cli.file_exists, and as `verifyCeremony`
 */
export async function finishCeremony(options: Finish): Promise<FinishedCeremony> {
  const { folder, output, circuits, onProgress = () => {} } = options;
  const transcript = await readTranscript(folder);
  assertEnough(transcript);
  if (!isClosed(transcript)) throw new CanbaoError('ceremony.no_beacon');
  return makeFolder(output, async (scratch) => {
    const verified = await verifyCeremony({
      ...{ folder, onProgress },
      circuits: async (statement) => (await circuits(statement)).r1cs,
    });
    const statements: Record<string, KeyEntry> = {};
    for (const statement of Object.keys(transcript.setup.statements)) {
      onProgress({ stage: 'key', statement });
      const zkey = await readFile(currentZkey(folder, transcript, statement));
      const circuit = await circuits(statement);
      statements[statement] = await writeKey(join(scratch, statement), verified, statement, {
        ...{ circuit, zkey },
      });
    }
    await writeManifest(scratch, statements);
    await writeTranscript(scratch, verified.transcript);
    return { ...verified, statements };
  });
}

async function writeKey(
  folder: string,
  { transcript, checked }: VerifiedCeremony,
  statement: string,
  { circuit, zkey }: { circuit: FullCircuit; zkey: Uint8Array },
): Promise<KeyEntry> {
  const { r1cs, wasm, graph, tools, sources } = circuit;
  const compactKey = await encodeCompactKey(zkey);
  const entry: KeyEntry = {
    ...describeArtifacts({ r1cs, wasm, ...(graph && { graph }), zkey, compactKey }, tools),
    ...ceremonyFacts(transcript, checked, statement),
    ...(sources && { sources }),
  };
  const artifacts = { r1cs, wasm, ...(graph && { graph }), zkey };
  assertArtifacts(statement, artifacts, entry, { production: entry.status === 'ceremony' });
  await writeKeyFiles(folder, { graph, wasm, compactKey });
  return entry;
}
