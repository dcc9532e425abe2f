import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { assertCurrent, keyHistory } from '../key-history.ts';
import {
  type Attestation,
  parseAttestation,
  parseTranscript,
  type Transcript,
} from '../transcript.ts';

/**
 * A ceremony as it is handed round:
 * ```
 * ceremony.json            the transcript
 * phase1.ptau
 * 0000/<statement>.zkey    keys before any contribution
 * 0003/<statement>.zkey    keys after the third, which the fourth builds on
 * ```
 * A contribution is a folder of `attestation.json` and one `<statement>.zkey` a statement.
 */
export const TRANSCRIPT_FILE = 'ceremony.json';
export const ATTESTATION_FILE = 'attestation.json';
const PHASE1_FILE = 'phase1.ptau';

export function phase1File(folder: string): string {
  return join(folder, PHASE1_FILE);
}

/** The folder of the keys with so many contributions in them. */
export function stateFolder(folder: string, contributions: number): string {
  return join(folder, String(contributions).padStart(4, '0'));
}

/** A statement's key in the folder of a state, or of a contribution. */
export function zkeyFile(folder: string, statement: string): string {
  return join(folder, `${statement}.zkey`);
}

/** The key that the next contribution builds on. */
export function currentZkey(
  folder: string,
  { contributions }: Transcript,
  statement: string,
): string {
  return zkeyFile(stateFolder(folder, contributions.length), statement);
}

/** @throws cli.no_file, ceremony.bad_file */
export async function readTranscript(folder: string): Promise<Transcript> {
  const path = join(folder, TRANSCRIPT_FILE);
  return parseTranscript(await readJson(path), path);
}

/** @throws cli.no_file, ceremony.bad_file */
export async function readAttestation(folder: string): Promise<Attestation> {
  const path = join(folder, ATTESTATION_FILE);
  return parseAttestation(await readJson(path), path);
}

/** Written aside and renamed: a ceremony is never seen half. */
export async function writeTranscript(folder: string, transcript: Transcript): Promise<void> {
  const path = join(folder, TRANSCRIPT_FILE);
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, jsonText(transcript));
  await rename(aside, path);
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** @throws cli.no_file */
export async function readZkeyFile(path: string): Promise<Uint8Array> {
  return read(path);
}

/**
 * The keys that the next contribution builds on, by statement, each the one its transcript tells of.
 * @throws cli.no_file, key.bad_file, and as `assertCurrent`
 */
export async function readCurrentKeys(
  folder: string,
  transcript: Transcript,
): Promise<Map<string, Uint8Array>> {
  const zkeys = new Map<string, Uint8Array>();
  for (const statement of Object.keys(transcript.setup.statements)) {
    const zkey = await readZkeyFile(currentZkey(folder, transcript, statement));
    assertCurrent(transcript, statement, keyHistory(zkey));
    zkeys.set(statement, zkey);
  }
  return zkeys;
}

/**
 * Makes a folder that appears whole or not at all.
 * @throws cli.file_exists
 */
export async function makeFolder<T>(
  folder: string,
  make: (scratch: string) => Promise<T>,
): Promise<T> {
  const target = resolve(folder);
  if (existsSync(target)) throw new CanbaoError('cli.file_exists', { path: folder });
  await mkdir(dirname(target), { recursive: true });
  const scratch = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const made = await make(scratch);
    // Meant for others; temporary folders are their maker's alone.
    await chmod(scratch, 0o755);
    await rename(scratch, target);
    return made;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = new TextDecoder().decode(await read(path));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CanbaoError('ceremony.bad_file', { file: path, reason: 'not JSON' }, cause);
  }
}

async function read(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CanbaoError('cli.no_file', { path }, cause);
    throw new CanbaoError('cli.bad_file', { path, reason: cause.code ?? 'unreadable' }, cause);
  });
}
