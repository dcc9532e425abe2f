import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Home } from '../../runtime/home.ts';

const LONGEST_NAME = 80;

/**
 * Where a file lies until it is imported: a folder of its own, so that it keeps its name, which the
 * ledger remembers. Processes that share a database share this folder too.
 */
export function uploadPath(home: Home, id: string, fileName: string): string {
  return home.path('uploads', id, fileName);
}

/** Writes a stream to disk, readable by its owner alone. */
export async function keepUpload(path: string, folder: string, content: Readable): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await pipeline(content, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
}

export async function dropUpload(home: Home, id: string): Promise<void> {
  await rm(home.path('uploads', id), { recursive: true, force: true });
}

/** Ids of the files that lie there. */
export async function keptUploads(home: Home): Promise<string[]> {
  return readdir(home.path('uploads')).catch(() => []);
}

/** A name that is one name on any disk, and tells no person's number. */
export function safeFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\p{Cf}<>:"|?*]/gu, '_')
    .replace(/\p{Nd}{15,}[Xx]?/gu, (found) => '_'.repeat(found.length))
    .replace(/^\.+/, '');
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? '';
  const stem = [...plain.slice(0, plain.length - extension.length)].slice(0, LONGEST_NAME).join('');
  return `${stem || 'upload'}${extension}`;
}
