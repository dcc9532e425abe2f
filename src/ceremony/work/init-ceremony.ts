import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Clock } from '../../core/clock.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { developmentPtau } from '../../groth16/development-ptau.ts';
import { readR1cs } from '../../groth16/r1cs.ts';
import { describeCircuit } from '../key-history.ts';
import {
  type CeremonyCircuit,
  type CeremonySetup,
  parseTranscript,
  type Transcript,
} from '../transcript.ts';
import {
  makeFolder,
  phase1File,
  stateFolder,
  TRANSCRIPT_FILE,
  writeTranscript,
  zkeyFile,
} from './ceremony-folder.ts';
import { developmentPhase1, type Phase1, publishedPhase1 } from './phase1.ts';
import { newKey } from './phase2.ts';
import { softwareVersions } from './software.ts';

/** r1cs of a statement, compiled from its source. */
export type Circuits = (statement: string) => Promise<Uint8Array>;

/** Work of a ceremony that takes more than a moment. */
export interface CeremonyProgress {
  readonly stage: 'compile' | 'phase1' | 'key' | 'contribute' | 'check';
  readonly statement?: string;
  /** 0 to 1, where it is known. */
  readonly share?: number;
}

export interface NewCeremony {
  readonly folder: string;
  readonly title: string;
  readonly statements: readonly string[];
  /** A published file; without one, phase 1 is made here, for development. */
  readonly phase1: string | undefined;
  readonly required: number;
  readonly beacon: CeremonySetup['beacon'];
  readonly circuits: Circuits;
  readonly clock: Clock;
  readonly onProgress?: (progress: CeremonyProgress) => void;
}

/**
 * Begins a ceremony in a new folder: phase 1, each statement's key before any contribution, and the
 * setup that every attestation after it builds on.
 * @throws cli.file_exists, cli.no_file, ceremony.phase1_unknown, ceremony.phase1_too_small,
 * ceremony.bad_file, key.compile_failed
 */
export async function initCeremony(options: NewCeremony): Promise<Transcript> {
  const { folder, title, required, beacon, circuits, clock, onProgress = () => {} } = options;
  // Known to be good, and for these circuits, before anything that takes long.
  const published = options.phase1 ? await publishedPhase1(options.phase1) : undefined;
  const r1cs = new Map<string, Uint8Array>();
  for (const statement of [...new Set(options.statements)].sort()) {
    onProgress({ stage: 'compile', statement });
    r1cs.set(statement, await circuits(statement));
  }
  const needed = neededPower(r1cs, published);
  const setup = {
    ...{ format: 'canbao/ceremony@1', title, at: clock(), required, beacon },
    software: await softwareVersions(),
  };

  return makeFolder(folder, async (scratch) => {
    const file = phase1File(scratch);
    const phase1 = await putPhase1(file, options.phase1, published, needed, onProgress);
    const ptau = await readFile(file);
    const state = stateFolder(scratch, 0);
    await mkdir(state);
    const statements: Record<string, CeremonyCircuit> = {};
    let done = 0;
    for (const [statement, bytes] of r1cs) {
      onProgress({ stage: 'key', statement, share: done++ / r1cs.size });
      const zkey = await newKey(bytes, ptau);
      await writeFile(zkeyFile(state, statement), zkey);
      statements[statement] = describeCircuit(bytes, zkey);
    }
    const transcript = parseTranscript(
      { setup: { ...setup, phase1, statements }, contributions: [] },
      TRANSCRIPT_FILE,
    );
    await writeTranscript(scratch, transcript);
    return transcript;
  });
}

async function putPhase1(
  file: string,
  given: string | undefined,
  published: Phase1 | undefined,
  needed: number,
  onProgress: (progress: CeremonyProgress) => void,
): Promise<Phase1> {
  if (given !== undefined && published) {
    await copyFile(given, file);
    return published;
  }
  const ptau = await developmentPtau(needed, {
    onProgress: (share) => onProgress({ stage: 'phase1', share }),
  });
  await writeFile(file, ptau);
  return developmentPhase1(file);
}

/** @throws ceremony.phase1_too_small */
function neededPower(r1cs: ReadonlyMap<string, Uint8Array>, phase1: Phase1 | undefined): number {
  let most = 1;
  for (const [statement, bytes] of r1cs) {
    const { constraints, publicCount } = readR1cs(bytes);
    const needed = Math.ceil(Math.log2(constraints.length + publicCount + 1));
    if (phase1 && needed > phase1.power) {
      const facts = { power: phase1.power, statement, needed };
      throw new CanbaoError('ceremony.phase1_too_small', facts);
    }
    most = Math.max(most, needed);
  }
  return most;
}
