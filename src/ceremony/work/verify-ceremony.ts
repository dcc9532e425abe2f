import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { sha256Hex } from '../../groth16/artifacts.ts';
import type { KeyManifest } from '../../groth16/manifest.ts';
import { type CheckedTranscript, checkTranscript } from '../check-transcript.ts';
import { assertManifest } from '../compare-manifest.ts';
import { circuitOf, type Transcript } from '../transcript.ts';
import { phase1File, readCurrentKeys, readTranscript } from './ceremony-folder.ts';
import type { CeremonyProgress, Circuits } from './init-ceremony.ts';
import { readPhase1 } from './phase1.ts';
import { faultOf, newKey } from './phase2.ts';

export interface Verification {
  readonly folder: string;
  /** Rebuilt from source: believed, where all else is checked. */
  readonly circuits: Circuits;
  /** Keys that are in use, to be held against the ceremony. */
  readonly manifest?: KeyManifest | undefined;
  readonly onProgress?: (progress: CeremonyProgress) => void;
}

export interface VerifiedCeremony {
  readonly transcript: Transcript;
  readonly checked: CheckedTranscript;
}

/**
 * Verifies a ceremony from its source: phase 1 by its published hash, each circuit compiled anew, the
 * first key made anew and compared byte for byte, every contribution, and every point of the last key.
 * @throws ceremony.phase1_differs, ceremony.r1cs_differs, ceremony.initial_differs,
 * ceremony.key_changed, ceremony.manifest_differs, ceremony.bad_file, ceremony.rewritten,
 * ceremony.other_circuit, ceremony.zkey_differs, ceremony.attestation_differs, key.bad_file,
 * key.compile_failed, cli.no_file, and as `checkTranscript`
 */
export async function verifyCeremony(options: Verification): Promise<VerifiedCeremony> {
  const { folder, circuits, manifest, onProgress = () => {} } = options;
  const transcript = await readTranscript(folder);
  const { setup } = transcript;
  const checked = await checkTranscript(transcript, (share) =>
    onProgress({ stage: 'check', share }),
  );
  const phase1 = await readPhase1(phase1File(folder), setup.phase1);
  const zkeys = await readCurrentKeys(folder, transcript);
  if (manifest) assertManifest(transcript, checked, manifest);
  for (const [statement, zkey] of zkeys) {
    onProgress({ stage: 'compile', statement });
    const r1cs = await circuits(statement);
    onProgress({ stage: 'key', statement });
    await verifyKey({ transcript, phase1 }, statement, { r1cs, zkey });
  }
  return { transcript, checked };
}

async function verifyKey(
  { transcript, phase1 }: { transcript: Transcript; phase1: Uint8Array },
  statement: string,
  { r1cs, zkey }: { r1cs: Uint8Array; zkey: Uint8Array },
): Promise<void> {
  if (sha256Hex(r1cs) !== circuitOf(transcript.setup, statement).r1cs) {
    throw new CanbaoError('ceremony.r1cs_differs', { statement });
  }
  const initial = await newKey(r1cs, phase1);
  await assertFromInitial({ transcript, phase1 }, statement, { initial, zkey });
}

/**
 * That a key came of the first one, which is that of the transcript, by contributions and nothing else:
 * all of it that its contributions do not tell.
 * @throws ceremony.initial_differs, ceremony.key_changed, key.bad_file
 */
export async function assertFromInitial(
  { transcript, phase1 }: { transcript: Transcript; phase1: Uint8Array },
  statement: string,
  { initial, zkey }: { initial: Uint8Array; zkey: Uint8Array },
): Promise<void> {
  if (sha256Hex(initial) !== circuitOf(transcript.setup, statement).zkey) {
    throw new CanbaoError('ceremony.initial_differs', { statement });
  }
  const reason = await faultOf(initial, phase1, zkey);
  if (reason !== undefined) {
    const number = transcript.contributions.length;
    throw new CanbaoError('ceremony.key_changed', { number, statement, reason });
  }
}
