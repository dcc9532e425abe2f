import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { blake2b } from '@noble/hashes/blake2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { PUBLISHED_PHASE1 } from '../published-phase1.ts';
import type { CeremonySetup } from '../transcript.ts';

export type Phase1 = CeremonySetup['phase1'];

/** Magic, version u32, sections u32; id u32 and length u64 of the first section; n8 u32, q, power u32. */
const POWER_AT = 12 + 12 + 4 + 32;

/** blake2b-512 of a file, read piece by piece, in lower-case hex. @throws cli.no_file, cli.bad_file */
export async function blake2bOfFile(path: string): Promise<string> {
  const hash = blake2b.create({ dkLen: 64 });
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(piece as Buffer);
    }
  } catch (cause) {
    throw unreadable(path, cause as NodeJS.ErrnoException);
  }
  return bytesToHex(hash.digest());
}

/** A phase 1 file of the published table. @throws ceremony.phase1_unknown, cli.no_file, cli.bad_file */
export async function publishedPhase1(path: string): Promise<Phase1> {
  const hash = await blake2bOfFile(path);
  for (const [power, published] of PUBLISHED_PHASE1) {
    if (published === hash) return { kind: 'published', power, blake2b: hash };
  }
  throw new CanbaoError('ceremony.phase1_unknown', { blake2b: hash });
}

/** A phase 1 file that was made for development. @throws cli.no_file, cli.bad_file */
export async function developmentPhase1(path: string): Promise<Phase1> {
  return { kind: 'development', power: await powerOf(path), blake2b: await blake2bOfFile(path) };
}

/** The file that a ceremony began with. @throws ceremony.phase1_differs, cli.no_file, cli.bad_file */
export async function readPhase1(path: string, { blake2b }: Phase1): Promise<Uint8Array> {
  if ((await blake2bOfFile(path)) !== blake2b) throw new CanbaoError('ceremony.phase1_differs');
  return readFile(path);
}

async function powerOf(path: string): Promise<number> {
  const file = await open(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, POWER_AT);
    if (bytesRead === 4) return buffer.readUInt32LE(0);
  } finally {
    await file.close();
  }
  throw new CanbaoError('ceremony.bad_file', { file: path, reason: 'it is shorter than a header' });
}

function unreadable(path: string, cause: NodeJS.ErrnoException): CanbaoError {
  if (cause.code === 'ENOENT') return new CanbaoError('cli.no_file', { path }, cause);
  return new CanbaoError('cli.bad_file', { path, reason: cause.code ?? 'unreadable' }, cause);
}
