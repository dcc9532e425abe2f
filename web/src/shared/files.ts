import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';

/** Larger than any file of ours that a page reads whole. */
const MOST_BYTES = 16 * 2 ** 20;

/** Saves a file where the browser saves downloads. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Browsers read it later than the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function saveJson(name: string, value: unknown): void {
  saveFile(name, `${JSON.stringify(value, null, 2)}\n`, 'application/json');
}

/** @throws cli.bad_file */
export async function readText(file: File): Promise<string> {
  const bad = (reason: string) => new CanbaoError('cli.bad_file', { path: file.name, reason });
  if (file.size > MOST_BYTES) throw bad(`${Math.round(file.size / 1e6)} MB > 16 MB`);
  return file.text().catch((error: Error) => {
    throw bad(error.name);
  });
}

/** @throws cli.bad_file */
export async function readJson(file: File): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch {
    throw new CanbaoError('cli.bad_file', { path: file.name, reason: 'JSON' });
  }
}

/** Whether the device can hand a link or a file to another app. */
export function canShare(data: ShareData): boolean {
  return typeof navigator.share === 'function' && (navigator.canShare?.(data) ?? true);
}
