import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packageRoot } from '../../src/keys/paths.ts';
import type { CheckResult } from './check.ts';

/** What a check found when it last ran in full, on every statement, from the default seed. */
export interface Figures {
  readonly check: string;
  readonly seed: string;
  /** Of the circuits it ran on: figures of other circuits are out of date. */
  readonly circuits: string;
  readonly results: readonly CheckResult[];
}

const folder = join(packageRoot, 'docs', 'soundness');

/** SHA-256 of every circom file, cut to 16 hex digits. */
export async function circuitsHash(): Promise<string> {
  const root = join(packageRoot, 'circuits');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.circom'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(await readFile(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Keeps a full run's figures: the checks take hours together, and may run one by one. */
export async function keepFigures(figures: Figures): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${figures.check}.json`), `${JSON.stringify(figures, null, 2)}\n`);
}

/** Figures kept so far, by check. */
export async function readFigures(checks: readonly string[]): Promise<Figures[]> {
  const kept: Figures[] = [];
  for (const check of checks) {
    const text = await readFile(join(folder, `${check}.json`), 'utf8').catch(() => undefined);
    if (text !== undefined) kept.push(JSON.parse(text) as Figures);
  }
  return kept;
}
