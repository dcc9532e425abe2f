import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as snarkjs from 'snarkjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSections, writeSections } from '../../src/groth16/bin-file.ts';
import { developmentPtau } from '../../src/groth16/development-ptau.ts';
import { PTAU, PTAU_SECTION } from '../../src/groth16/ptau-sections.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-ptau-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what snarkjs prepares from the same powers is byte for byte the same', async () => {
  const ours = await developmentPtau(4);
  const sections = readSections(ours, PTAU.magic, PTAU.version);
  const powers = [...sections].filter(([id]) => id <= PTAU_SECTION.contributions);
  const bare = writeSections(PTAU.magic, PTAU.version, powers);
  const path = join(folder, 'prepared.ptau');
  await snarkjs.powersOfTau.preparePhase2(bare, path);
  await (
    globalThis as unknown as { curve_bn128: { terminate(): Promise<void> } }
  ).curve_bn128.terminate();
  const theirs = readSections(new Uint8Array(await readFile(path)), PTAU.magic, PTAU.version);
  expect([...theirs.keys()].sort()).toEqual([...sections.keys()].sort());
  for (const [id, bytes] of theirs) {
    expect(Buffer.from(sections.get(id) ?? []).equals(bytes), `section ${id}`).toBe(true);
  }
});

test('progress climbs to 1, and no two files share a point', async () => {
  const shares: number[] = [];
  const [a, b] = [
    await developmentPtau(2, { onProgress: (share) => shares.push(share) }),
    await developmentPtau(2),
  ];
  expect(shares).toEqual([...shares].sort((x, y) => x - y));
  expect(shares.at(-1)).toBe(1);
  const betaG2 = (file: Uint8Array) =>
    readSections(file, PTAU.magic, PTAU.version).get(PTAU_SECTION.betaG2);
  expect(betaG2(a)).not.toEqual(betaG2(b));
});
