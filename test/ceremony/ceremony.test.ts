import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as snarkjs from 'snarkjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTranscript } from '../../src/ceremony/check-transcript.ts';
import { headOf } from '../../src/ceremony/transcript.ts';
import { readTranscript } from '../../src/ceremony/work/ceremony-folder.ts';
import { finishCeremony } from '../../src/ceremony/work/finish-ceremony.ts';
import { verifyCeremony } from '../../src/ceremony/work/verify-ceremony.ts';
import { assertArtifacts } from '../../src/groth16/artifacts.ts';
import { parseManifest } from '../../src/groth16/manifest.ts';
import { decodeVerificationKey } from '../../src/groth16/verification-key.ts';
import { publishedInName } from './forge.ts';
import { TinyCeremony, tinyCircuits } from './tiny-ceremony.ts';

let ceremony: TinyCeremony;
beforeAll(async () => {
  ceremony = await TinyCeremony.begin();
});
afterAll(() => ceremony.end());

const code = (expected: string) => expect.objectContaining({ code: expected });
const finish = (output: string) =>
  finishCeremony({
    ...{ folder: ceremony.folder, output: ceremony.at(output) },
    circuits: async (statement) => ({
      ...(await tinyCircuits(statement)),
      ...{ graph: undefined, tools: { circom2: '0.2.23' } },
    }),
  });

/** Each test goes on where the one before ended. */
describe('a ceremony of three and a beacon', () => {
  test('begins with keys that anybody can make again, and nothing contributed', async () => {
    const { checked } = await verifyCeremony(ceremony);
    expect(checked).toMatchObject({ status: 'development', participants: 0, isClosed: false });
    await expect(ceremony.beacon()).rejects.toEqual(code('ceremony.too_few'));
    await expect(finish('early')).rejects.toEqual(code('ceremony.too_few'));
  });

  test('takes contributions in order, signed or not, and keeps the latest keys', async () => {
    await ceremony.accept(await ceremony.contribute('张敏', new Uint8Array(32).fill(7)));
    await ceremony.joinedBy('Bo', 'Chen');
    const { contributions } = await readTranscript(ceremony.folder);
    expect(contributions.map(({ name }) => name)).toEqual(['张敏', 'Bo', 'Chen']);
    expect(contributions.map(({ signer }) => signer !== undefined)).toEqual([true, false, false]);
    expect((await readdir(ceremony.folder)).sort()).toEqual([
      ...['0000', '0003', 'ceremony.json', 'phase1.ptau'],
    ]);
    await expect(finish('no-beacon')).rejects.toEqual(code('ceremony.no_beacon'));
  });

  test('is closed by the beacon', async () => {
    const late = await ceremony.contribute('Late');
    await ceremony.accept(await ceremony.beacon());
    await expect(ceremony.accept(late)).rejects.toEqual(code('ceremony.closed'));
    await expect(ceremony.contribute('Later')).rejects.toEqual(code('ceremony.closed'));
  });

  test('holds from circuit to last key, for us and for snarkjs', async () => {
    const { checked, transcript } = await verifyCeremony(ceremony);
    // Phase 1 was made by one party: no number of contributions makes a ceremony key of that.
    expect(checked).toMatchObject({ status: 'development', participants: 3, isClosed: true });
    expect(checked.head).toBe(headOf(transcript));
    const told: string[] = [];
    const logger = { debug() {}, info: (text: string) => told.push(text), warn() {}, error() {} };
    const isGood = await snarkjs.zKey.verifyFromR1cs(
      await ceremony.circuits('tiny@1'),
      await readFile(join(ceremony.folder, 'phase1.ptau')),
      await readFile(join(ceremony.folder, '0004', 'tiny@1.zkey')),
      logger,
    );
    expect(isGood).toBe(true);
    expect(told).toContain('ZKey Ok!');
    // What snarkjs calls the hash of a contribution is what the attestations say.
    const hashes = told.join('\n').replace(/[^0-9a-f]/g, '');
    for (const { statements } of transcript.contributions) {
      expect(hashes).toContain(statements['tiny@1']?.hash);
    }
  });

  test('makes keys that prove, are bound by a manifest, and stay development keys', async () => {
    const { statements, checked } = await finish('keys');
    const manifest = parseManifest(
      JSON.parse(await readFile(ceremony.at('keys/manifest.json'), 'utf8')),
    );
    expect(manifest.statements).toEqual(statements);
    const entry = statements['tiny@1'];
    if (!entry) throw new Error('no entry');
    expect(entry).toMatchObject({
      ...{ status: 'development', contributions: 4, transcript: checked.head },
      vkeyHash: checked.vkeyHashes['tiny@1'],
    });
    const { r1cs, wasm } = await tinyCircuits('tiny@1');
    const zkey = await readFile(join(ceremony.folder, '0004', 'tiny@1.zkey'));
    const artifacts = { r1cs, wasm, zkey };
    assertArtifacts('tiny@1', artifacts, entry, { production: false });
    expect(() => assertArtifacts('tiny@1', artifacts, entry, { production: true })).toThrow(
      code('key.development_refused'),
    );
    const key = JSON.parse(
      await readFile(ceremony.at('keys/tiny@1/verification_key.json'), 'utf8'),
    );
    decodeVerificationKey(key);
    const compactKey = await readFile(ceremony.at('keys/tiny@1/circuit.ckey'));
    assertArtifacts('tiny@1', { r1cs, wasm, zkey: compactKey }, entry, { production: false });
    const verified = await verifyCeremony({ ...ceremony, manifest });
    expect(verified.checked.head).toBe(checked.head);
    const changed = { ...manifest.statements, 'tiny@1': { ...entry, contributions: 5 } };
    await expect(
      verifyCeremony({ ...ceremony, manifest: { ...manifest, statements: changed } }),
    ).rejects.toEqual(code('ceremony.manifest_differs'));
  });
});

test('with a published phase 1, enough people and a beacon, the status is that of a ceremony', async () => {
  const whole = await publishedInName(ceremony);
  expect(await checkTranscript(whole)).toMatchObject({ status: 'ceremony', participants: 3 });
  const open = { ...whole, contributions: whole.contributions.slice(0, 3) };
  expect(await checkTranscript(open)).toMatchObject({ status: 'development', isClosed: false });
});
