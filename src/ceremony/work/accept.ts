import { chmod, copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { checkTranscript } from '../check-transcript.ts';
import { assertCurrent, keyHistory } from '../key-history.ts';
import { type Attestation, headOf, isClosed, type Transcript } from '../transcript.ts';
import {
  phase1File,
  readAttestation,
  readTranscript,
  readZkeyFile,
  stateFolder,
  writeTranscript,
  zkeyFile,
} from './ceremony-folder.ts';
import { assertEnough } from './contribute.ts';
import type { CeremonyProgress } from './init-ceremony.ts';
import { readPhase1 } from './phase1.ts';
import { assertFromInitial } from './verify-ceremony.ts';

export interface Acceptance {
  readonly folder: string;
  /** A contribution as it came back. */
  readonly contribution: string;
  readonly onProgress?: (progress: CeremonyProgress) => void;
}

/**
 * Takes a contribution into the ceremony, once all of it was checked; refused, it leaves the ceremony
 * as it was.
 * @throws ceremony.closed, ceremony.stale, ceremony.other_circuit, ceremony.rewritten,
 * ceremony.zkey_differs, ceremony.attestation_differs, ceremony.too_few, ceremony.key_changed,
 * ceremony.bad_file, key.bad_file, cli.no_file, and as `checkTranscript`
 */
export async function acceptContribution(options: Acceptance): Promise<Transcript> {
  const { folder, contribution, onProgress = () => {} } = options;
  const transcript = await readTranscript(folder);
  const attestation = await readAttestation(contribution);
  assertNext(transcript, attestation);
  const next: Transcript = {
    setup: transcript.setup,
    contributions: [...transcript.contributions, attestation],
  };
  if (attestation.beacon) assertEnough(transcript);
  const statements = Object.keys(transcript.setup.statements);
  const scratch = await mkdtemp(join(folder, 'accepting-'));
  try {
    for (const statement of statements) {
      // What is checked is what is kept: a copy, that nobody changes in between.
      const copy = zkeyFile(scratch, statement);
      await copyZkey(zkeyFile(contribution, statement), copy);
      assertCurrent(next, statement, keyHistory(await readZkeyFile(copy)));
    }
    await checkTranscript(next, (share) => onProgress({ stage: 'check', share }));
    const phase1 = await readPhase1(phase1File(folder), transcript.setup.phase1);
    for (const [i, statement] of statements.entries()) {
      onProgress({ stage: 'check', statement, share: i / statements.length });
      await assertFromInitial({ transcript: next, phase1 }, statement, {
        initial: await readZkeyFile(zkeyFile(stateFolder(folder, 0), statement)),
        zkey: await readZkeyFile(zkeyFile(scratch, statement)),
      });
    }
    await put(folder, scratch, transcript, next);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return next;
}

/** @throws ceremony.closed, ceremony.stale */
function assertNext(transcript: Transcript, { number, previous }: Attestation): void {
  if (isClosed(transcript)) throw new CanbaoError('ceremony.closed');
  const accepted = transcript.contributions.length;
  if (number !== accepted + 1 || previous !== headOf(transcript)) {
    throw new CanbaoError('ceremony.stale', { accepted });
  }
}

async function copyZkey(from: string, to: string): Promise<void> {
  await copyFile(from, to).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CanbaoError('cli.no_file', { path: from }, cause);
    throw cause;
  });
}

/** The keys first: a transcript names no state that is not there. */
async function put(folder: string, scratch: string, before: Transcript, next: Transcript) {
  if (headOf(await readTranscript(folder)) !== headOf(before)) {
    throw new CanbaoError('ceremony.stale', { accepted: before.contributions.length });
  }
  const target = stateFolder(folder, next.contributions.length);
  // Left by an acceptance that was cut short before its transcript: no state of this ceremony.
  await rm(target, { recursive: true, force: true });
  await chmod(scratch, 0o755);
  await rename(scratch, target);
  await writeTranscript(folder, next);
  const past = before.contributions.length;
  if (past > 0) await rm(stateFolder(folder, past), { recursive: true, force: true });
}
