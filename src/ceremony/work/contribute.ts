import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Clock } from '../../core/clock.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { systemRandom } from '../../core/random.ts';
import { signAttestation } from '../attestation.ts';
import { checkTranscript, isSameName } from '../check-transcript.ts';
import { keyHistory, lastStep } from '../key-history.ts';
import {
  type Attestation,
  type CeremonyStep,
  headOf,
  isClosed,
  parseAttestation,
  participants,
  type Transcript,
} from '../transcript.ts';
import {
  ATTESTATION_FILE,
  jsonText,
  makeFolder,
  readCurrentKeys,
  readTranscript,
  zkeyFile,
} from './ceremony-folder.ts';
import type { CeremonyProgress } from './init-ceremony.ts';
import { applyBeaconTo, contributeTo } from './phase2.ts';
import { softwareVersions } from './software.ts';

export interface NewContribution {
  /** The ceremony, as it was handed over. */
  readonly folder: string;
  /** What is handed back. */
  readonly output: string;
  readonly clock: Clock;
  readonly onProgress?: (progress: CeremonyProgress) => void;
}

export interface PersonsContribution extends NewContribution {
  readonly name: string;
  /** Typed by the contributor; mixed with the system's randomness, never kept. */
  readonly entropy?: string | undefined;
  /** Ed25519, 32 bytes. */
  readonly secretKey?: Uint8Array | undefined;
}

/**
 * Contributes to every key of a ceremony. Each has a secret of its own, which exists in this process
 * alone and is nowhere written.
 * @throws ceremony.closed, ceremony.contributed_before, ceremony.zkey_differs, ceremony.bad_file,
 * cli.no_file, cli.file_exists, and as `checkTranscript`
 */
export async function contribute(options: PersonsContribution): Promise<Attestation> {
  const { name, entropy = '', secretKey } = options;
  return addTo(options, {
    name,
    apply: (zkey) => contributeTo(zkey, name, entropy + bytesToHex(systemRandom(64))),
    seal: (attestation) => (secretKey ? signAttestation(attestation, secretKey) : attestation),
  });
}

export interface BeaconContribution extends NewContribution {
  /** 32 bytes in lower-case hex. */
  readonly value: string;
}

/** The name of the beacon's contribution in keys and transcript. */
const BEACON_NAME = 'beacon';

/**
 * The last contribution: its secret is public, and was nobody's to choose.
 * @throws ceremony.too_few, and as `contribute`
 */
export async function contributeBeacon(options: BeaconContribution): Promise<Attestation> {
  const { value } = options;
  const transcript = await readTranscript(options.folder);
  assertEnough(transcript);
  const { iterations } = transcript.setup.beacon;
  return addTo(options, {
    name: BEACON_NAME,
    beacon: { value },
    apply: (zkey) => applyBeaconTo(zkey, { name: BEACON_NAME, value, iterations }),
    seal: (attestation) => attestation,
  });
}

/** @throws ceremony.too_few */
export function assertEnough(transcript: Transcript): void {
  const [found, { required }] = [participants(transcript).length, transcript.setup];
  if (found < required) throw new CanbaoError('ceremony.too_few', { found, required });
}

interface Addition {
  readonly name: string;
  readonly beacon?: { readonly value: string };
  apply(zkey: Uint8Array): Promise<Uint8Array>;
  seal(attestation: Attestation): Attestation;
}

async function addTo(
  { folder, output, clock, onProgress = () => {} }: NewContribution,
  { name, beacon, apply, seal }: Addition,
): Promise<Attestation> {
  const transcript = await readTranscript(folder);
  if (isClosed(transcript)) throw new CanbaoError('ceremony.closed');
  if (!beacon && participants(transcript).some((one) => isSameName(one.name, name))) {
    throw new CanbaoError('ceremony.contributed_before', { who: name });
  }
  await checkTranscript(transcript, (share) => onProgress({ stage: 'check', share }));
  const zkeys = await readCurrentKeys(folder, transcript);
  return makeFolder(output, async (scratch) => {
    const statements: Record<string, CeremonyStep> = {};
    for (const [statement, before] of zkeys) {
      onProgress({ stage: 'contribute', statement });
      const zkey = await apply(before);
      await writeFile(zkeyFile(scratch, statement), zkey);
      statements[statement] = lastStep(keyHistory(zkey));
    }
    const unsealed = {
      ...{ format: 'canbao/ceremony-attestation@1', number: transcript.contributions.length + 1 },
      ...{ previous: headOf(transcript), name, at: clock(), software: await softwareVersions() },
      ...{ ...(beacon && { beacon }), statements },
    };
    const attestation = seal(parseAttestation(unsealed, ATTESTATION_FILE));
    await writeFile(join(scratch, ATTESTATION_FILE), jsonText(attestation));
    return attestation;
  });
}
