import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../keys/paths.ts';

/** Versions of what takes part in a ceremony on this machine. */
export async function softwareVersions(): Promise<Record<string, string>> {
  const snarkjs = dirname(fileURLToPath(import.meta.resolve('snarkjs')));
  return {
    canbao: await versionIn(packageRoot),
    snarkjs: await versionIn(snarkjs),
    node: process.version,
    system: `${process.platform} ${process.arch}`,
  };
}

async function versionIn(folder: string): Promise<string> {
  const json: { version: string } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  return json.version;
}
