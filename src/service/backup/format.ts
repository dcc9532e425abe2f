import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

/**
 * A backup is a gzip file of two members. The first holds lines of JSON: the header, then the rows
 * of each table, each an array of its columns as PostgreSQL writes them (null where there is none),
 * behind `{"table", "columns"}` and before `{"end", "rows"}`, and `{"end": "backup", "rows"}` at
 * last. The second, of fixed length, holds one line: the SHA-256 of the first as it lies in the file.
 */
export const BACKUP_FORMAT = 'canbao/backup@1';

export const backupHeader = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  createdAt: z.int(),
  /** Names of the migrations its tables have been through. */
  migrations: z.strictObject({ ledger: z.array(z.string()), service: z.array(z.string()) }),
  /** Files of the home that are needed beside the database, base64. */
  files: z.partialRecord(z.enum(['deployment.json', 'chain/state.json']), z.string()),
  /** Hex, by name; only if they were asked for. */
  secrets: z.record(z.string().regex(/^[a-z0-9-]+$/), z.string()).optional(),
});
export type BackupHeader = z.output<typeof backupHeader>;
export type BackupFile = keyof BackupHeader['files'];

export const tableLine = z.strictObject({ table: z.string(), columns: z.array(z.string()) });
export const endLine = z.strictObject({ end: z.string(), rows: z.int() });
export const rowLine = z.array(z.string().nullable());

/** No time, no system: the same content is the same bytes. */
const GZIP_HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/** The last member: stored, so that it has one form and one length. */
export function seal(sha256: Uint8Array): Buffer {
  const hex = Buffer.from(sha256).toString('hex');
  const line = Buffer.from(`${JSON.stringify({ sha256: hex })}\n`);
  const sizes = Buffer.alloc(5);
  sizes[0] = 1; // the last block, stored
  sizes.writeUInt16LE(line.length, 1);
  sizes.writeUInt16LE(~line.length & 0xffff, 3);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(line), 0);
  end.writeUInt32LE(line.length, 4);
  return Buffer.concat([Buffer.from(GZIP_HEADER), sizes, line, end]);
}
export const SEAL_BYTES = seal(new Uint8Array(32)).length;

/**
 * Reads a file through, and checks it against its seal: not a bit of it is another.
 * @returns how long the first member is
 * @throws backup.not_backup, backup.altered, cli.no_file
 */
export async function checkSeal(path: string): Promise<number> {
  const { size } = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new CanbaoError('cli.no_file', { path }, cause);
  });
  const length = size - SEAL_BYTES;
  if (length <= 0) throw new CanbaoError('backup.not_backup', { reason: 'too short' });
  const file = await open(path);
  const tail = Buffer.alloc(SEAL_BYTES);
  try {
    const head = Buffer.alloc(2);
    await file.read(head, 0, 2, 0);
    if (head[0] !== 0x1f || head[1] !== 0x8b) {
      throw new CanbaoError('backup.not_backup', { reason: 'not gzip' });
    }
    await file.read(tail, 0, SEAL_BYTES, length);
  } finally {
    await file.close();
  }
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { end: length - 1 })) hash.update(chunk);
  if (!tail.equals(seal(hash.digest()))) throw new CanbaoError('backup.altered');
  return length;
}
