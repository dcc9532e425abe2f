import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bn254 } from '@noble/curves/bn254.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { canonicalHash } from '../../src/ceremony/canonical-hash.ts';
import { checkTranscript } from '../../src/ceremony/check-transcript.ts';
import { keyHistory, lastStep } from '../../src/ceremony/key-history.ts';
import { PUBLISHED_PHASE1 } from '../../src/ceremony/published-phase1.ts';
import {
  type Attestation,
  circuitOf,
  stepOf,
  type Transcript,
} from '../../src/ceremony/transcript.ts';
import {
  readAttestation,
  readTranscript,
  writeTranscript,
} from '../../src/ceremony/work/ceremony-folder.ts';
import { initCeremony } from '../../src/ceremony/work/init-ceremony.ts';
import { verifyCeremony } from '../../src/ceremony/work/verify-ceremony.ts';
import { ZKEY_SECTION } from '../../src/groth16/zkey-sections.ts';
import {
  attestAgain,
  contributeSecret,
  editAttestation,
  editZkey,
  g1Bytes,
  withSections,
} from './forge.ts';
import { TinyCeremony, tinyCircuits } from './tiny-ceremony.ts';

const { Fr } = bn254.fields;
const code = (expected: string, facts: object = {}) =>
  expect.objectContaining({ code: expected, facts: expect.objectContaining(facts) });

/** Everything in the folder, by its bytes. */
async function snapshot(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const hashes = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [
      path,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

describe('a contribution that is refused leaves the ceremony as it was', () => {
  let ceremony: TinyCeremony;
  let before: Record<string, string>;
  let honest: string;
  const statement = 'tiny@1';
  const signingKey = new Uint8Array(32).fill(9);

  beforeAll(async () => {
    ceremony = await TinyCeremony.begin();
    await ceremony.accept(await ceremony.contribute('Ada', signingKey));
    honest = await ceremony.contribute('Bo', new Uint8Array(32).fill(3));
    before = await snapshot(ceremony.folder);
  });
  afterEach(async () => {
    expect(await snapshot(ceremony.folder)).toEqual(before);
  });
  afterAll(() => ceremony.end());

  let tries = 0;
  /** An honest contribution's files, to be tampered with. */
  function copied(name = `Cheat ${++tries}`): Promise<string> {
    return ceremony.contribute(name);
  }
  const refused = (folder: string, expected: string, facts?: object) =>
    expect(ceremony.accept(folder)).rejects.toEqual(code(expected, facts));
  const current = async () =>
    new Uint8Array(await readFile(join(ceremony.folder, '0001', `${statement}.zkey`)));

  test('delta replaced, and no proof of its secret', async () => {
    const folder = await copied('Cheat');
    const forged = { secret: 77n, proven: 78n, name: 'Cheat' };
    await editZkey(folder, statement, async () => contributeSecret(await current(), forged));
    await attestAgain(folder);
    await refused(folder, 'ceremony.no_proof', { number: 2, statement });
  });

  test('a proof copied from a contribution before', async () => {
    const folder = await copied();
    await editAttestation(folder, (attestation) => {
      const step = attestation.statements[statement];
      const statements = { ...attestation.statements };
      if (step) statements[statement] = { ...step, g2spx: step.delta2 };
      return { ...attestation, statements };
    });
    await refused(folder, 'ceremony.attestation_differs', { field: 'g2spx' });
  });

  test('delta left as it was: a secret of 1', async () => {
    const folder = await copied('One');
    const one = { secret: 1n, name: 'One' };
    await editZkey(folder, statement, async () => contributeSecret(await current(), one));
    await attestAgain(folder);
    await refused(folder, 'ceremony.unchanged', { number: 2, statement });
  });

  test('the key of another circuit', async () => {
    const folder = await copied();
    await copyFile(join(folder, 'other@1.zkey'), join(folder, 'tiny@1.zkey'));
    await attestAgain(folder);
    await refused(folder, 'ceremony.other_circuit', { statement });
  });

  test('contributions before it dropped, or another in their place', async () => {
    const folder = await copied('Eve');
    const initial = new Uint8Array(
      await readFile(join(ceremony.folder, '0000', `${statement}.zkey`)),
    );
    const alone = await contributeSecret(initial, { secret: 5n, name: 'Eve' });
    await editZkey(folder, statement, () => alone);
    await attestAgain(folder);
    await refused(folder, 'ceremony.rewritten', { statement });
    const mine = await contributeSecret(initial, { secret: 5n, name: 'Ada' });
    const both = await contributeSecret(mine, { secret: 6n, name: 'Eve' });
    await editZkey(folder, statement, () => both);
    await attestAgain(folder);
    await refused(folder, 'ceremony.rewritten', { statement });
  });

  test.each([
    ['A', ZKEY_SECTION.a],
    ['L', ZKEY_SECTION.c],
    ['H', ZKEY_SECTION.h],
    ['B2', ZKEY_SECTION.b2],
  ])('a point of section %s changed', async (_, section) => {
    const folder = await copied();
    await editZkey(folder, statement, (zkey) =>
      withSections(zkey, {
        [section]: (bytes) => {
          bytes.set(g1Bytes([1n, 2n]), 0);
          return bytes;
        },
      }),
    );
    await attestAgain(folder);
    await refused(folder, 'ceremony.key_changed', { number: 2, statement });
  });

  test('the verification key changed, or delta in one group alone', async () => {
    const folder = await copied();
    const honestKey = new Uint8Array(await readFile(join(folder, `${statement}.zkey`)));
    const changed = (section: number, at: (bytes: Uint8Array) => number) =>
      withSections(honestKey, {
        [section]: (bytes) => {
          bytes.set(g1Bytes([1n, 2n]), at(bytes));
          return bytes;
        },
      });
    await editZkey(folder, statement, () => changed(ZKEY_SECTION.ic, () => 0));
    await attestAgain(folder);
    await refused(folder, 'ceremony.initial_differs', { statement });
    // The last 192 bytes of the header are delta in G1 and in G2.
    const delta1 = (bytes: Uint8Array) => bytes.length - 192;
    await editZkey(folder, statement, () => changed(ZKEY_SECTION.header, delta1));
    await attestAgain(folder);
    await refused(folder, 'ceremony.key_changed', { statement, reason: 'Invalid delta1' });
    // Before them gamma: delta in its place, and anybody could forge.
    const gammaIsDelta = withSections(honestKey, {
      [ZKEY_SECTION.header]: (bytes) => {
        const end = bytes.length;
        bytes.set(bytes.slice(end - 128), end - 192 - 128);
        return bytes;
      },
    });
    await editZkey(folder, statement, () => gammaIsDelta);
    await attestAgain(folder);
    await refused(folder, 'ceremony.key_changed', { statement, reason: 'Invalid gamma2' });
    await editZkey(folder, statement, () => honestKey);
    await attestAgain(folder, (attestation) => {
      const step = stepOf(attestation, statement);
      const beta = stepOf(attestation, 'other@1').delta2;
      const statements = { ...attestation.statements, [statement]: { ...step, delta2: beta } };
      return { ...attestation, statements };
    });
    await refused(folder, 'ceremony.attestation_differs', { field: 'delta2' });
  });

  test('an attestation that was edited', async () => {
    const signed = await ceremony.contribute('Signer', new Uint8Array(32).fill(4));
    await editAttestation(signed, (attestation) => ({ ...attestation, at: attestation.at + 1 }));
    await refused(signed, 'ceremony.bad_signature', { number: 2 });
    await editAttestation(signed, ({ signature: _, ...rest }) => rest);
    await refused(signed, 'ceremony.bad_signature', { number: 2 });

    const unsigned = await copied('Unsigned');
    await editAttestation(unsigned, (attestation) => ({ ...attestation, name: 'Somebody else' }));
    await refused(unsigned, 'ceremony.attestation_differs', { field: 'name' });
    await writeFile(join(unsigned, 'attestation.json'), '{"name":"nothing"}');
    await refused(unsigned, 'ceremony.bad_file');
  });

  test('a key file that is not the attested one, or not there, or no key', async () => {
    const folder = await copied();
    await editZkey(folder, statement, (zkey) =>
      withSections(zkey, {
        [ZKEY_SECTION.a]: (bytes) => {
          bytes.set(g1Bytes([1n, 2n]), 0);
          return bytes;
        },
      }),
    );
    await refused(folder, 'ceremony.zkey_differs', { number: 2, statement });
    await editZkey(folder, statement, (zkey) => zkey.slice(0, -1));
    await refused(folder, 'key.bad_file');
    await rm(join(folder, `${statement}.zkey`));
    await refused(folder, 'cli.no_file');
  });

  test('whoever contributed before: the same name, or the same signing key', async () => {
    await expect(ceremony.contribute('ADA')).rejects.toEqual(
      code('ceremony.contributed_before', { who: 'ADA' }),
    );
    const { setup, contributions } = await readTranscript(ceremony.folder);
    const other = await readAttestation(await copied());
    const transcript = { setup, contributions: [...contributions, { ...other, name: 'ＡＤＡ' }] };
    await expect(checkTranscript(transcript)).rejects.toEqual(
      code('ceremony.contributed_before', { who: 'ＡＤＡ' }),
    );
    const otherName = await ceremony.contribute('Ada Two', signingKey);
    await refused(otherName, 'ceremony.contributed_before', { who: 'Ada Two' });
  });

  test('built on an older state; and the honest one is taken before it', async () => {
    const stale = await ceremony.contribute('Slow');
    await ceremony.accept(honest);
    before = await snapshot(ceremony.folder);
    await refused(stale, 'ceremony.stale', { accepted: 2 });
    await refused(honest, 'ceremony.stale', { accepted: 2 });
    // Edited to name the present state, it is still built on the other.
    const next = await ceremony.contribute('Next');
    const fresh = JSON.parse(await readFile(join(next, 'attestation.json'), 'utf8'));
    await editAttestation(stale, (attestation) => ({
      ...{ ...attestation, number: 3, previous: fresh.previous },
    }));
    await refused(stale, 'ceremony.rewritten');
  });

  test('two that undo each other, so that delta would be gamma', async () => {
    const initial = new Uint8Array(
      await readFile(join(ceremony.folder, '0000', `${statement}.zkey`)),
    );
    const one = await contributeSecret(initial, { secret: 5n, name: 'One' });
    const two = await contributeSecret(one, { secret: Fr.inv(5n), name: 'Two' });
    const { setup, contributions } = await readTranscript(ceremony.folder);
    const [{ signer: _, signature: __, ...some }] = contributions as [Attestation];
    const circuit = { [statement]: circuitOf(setup, statement) };
    const alone = { ...setup, statements: circuit };
    const attest = (name: string, zkey: Uint8Array, number: number, previous: string) => ({
      ...{ ...some, name, number, previous },
      statements: { [statement]: lastStep(keyHistory(zkey)) },
    });
    const first = attest('One', one, 1, canonicalHash(alone));
    const second = attest('Two', two, 2, canonicalHash(first));
    await checkTranscript({ setup: alone, contributions: [first] });
    await expect(checkTranscript({ setup: alone, contributions: [first, second] })).rejects.toEqual(
      code('key.unsafe', { reason: 'gamma = delta' }),
    );
  });
});

describe('a ceremony that does not hold is noticed', () => {
  let ceremony: TinyCeremony;
  let transcript: Transcript;
  beforeAll(async () => {
    ceremony = await (await TinyCeremony.begin()).joinedBy('Ada', 'Bo', 'Cy');
    transcript = await readTranscript(ceremony.folder);
  });
  afterEach(() => writeTranscript(ceremony.folder, transcript));
  afterAll(() => ceremony.end());

  const circuits = async (name: string) => (await tinyCircuits(name)).r1cs;
  const verify = () => verifyCeremony({ folder: ceremony.folder, circuits });
  const edited = (edit: (all: Transcript) => unknown) =>
    writeTranscript(ceremony.folder, edit(structuredClone(transcript)) as Transcript);

  test('as it is, it holds', async () => {
    expect((await verify()).checked).toMatchObject({ participants: 3, isClosed: false });
  });

  test('an attestation of the past edited, or taken out, or out of order', async () => {
    await edited(({ setup, contributions: [a, b, c] }) => ({
      ...{ setup, contributions: [{ ...a, at: 1 }, b, c] },
    }));
    await expect(verify()).rejects.toEqual(code('ceremony.broken_chain', { number: 2 }));
    await edited(({ setup, contributions: [, b, c] }) => ({ setup, contributions: [b, c] }));
    await expect(verify()).rejects.toEqual(code('ceremony.broken_chain', { number: 1 }));
    await edited(({ setup, contributions: [a, b, c] }) => ({ setup, contributions: [b, a, c] }));
    await expect(verify()).rejects.toEqual(code('ceremony.broken_chain', { number: 1 }));
    await edited(({ setup, contributions }) => ({
      ...{ setup: { ...setup, title: 'Another' }, contributions },
    }));
    await expect(verify()).rejects.toEqual(code('ceremony.broken_chain', { number: 1 }));
  });

  test('the last attestation taken out, though its key is there', async () => {
    await edited(({ setup, contributions: [a, b] }) => ({ setup, contributions: [a, b] }));
    await expect(verify()).rejects.toEqual(code('cli.no_file'));
  });

  test('a circuit that is not the one built from source', async () => {
    const swapped = (name: string) => circuits(name === 'tiny@1' ? 'other@1' : 'tiny@1');
    await expect(verifyCeremony({ folder: ceremony.folder, circuits: swapped })).rejects.toEqual(
      code('ceremony.r1cs_differs'),
    );
  });

  test('a first key that was made of another circuit than the one named', async () => {
    const false1 = await TinyCeremony.begin('False', async (name) =>
      circuits(name === 'tiny@1' ? 'other@1' : name),
    );
    const { setup } = await readTranscript(false1.folder);
    const named = transcript.setup.statements['tiny@1']?.r1cs ?? '';
    const tiny = setup.statements['tiny@1'];
    if (!tiny) throw new Error('no such statement');
    const statements = { ...setup.statements, 'tiny@1': { ...tiny, r1cs: named } };
    await writeTranscript(false1.folder, { setup: { ...setup, statements }, contributions: [] });
    await expect(verifyCeremony({ folder: false1.folder, circuits })).rejects.toEqual(
      code('ceremony.initial_differs', { statement: 'tiny@1' }),
    );
    await false1.end();
  });

  test('a verification key that is not the first key’s', async () => {
    const begun = await TinyCeremony.begin('Begun');
    const { setup } = await readTranscript(begun.folder);
    const { ic, ...tiny } = circuitOf(setup, 'tiny@1');
    for (const change of [{ ic: ic.toReversed() }, { ic, alpha: ic[0] ?? '' }]) {
      const statements = { ...setup.statements, 'tiny@1': { ...tiny, ...change } };
      await writeTranscript(begun.folder, { setup: { ...setup, statements }, contributions: [] });
      await expect(verifyCeremony({ folder: begun.folder, circuits })).rejects.toEqual(
        code('ceremony.initial_differs', { statement: 'tiny@1' }),
      );
    }
    await begun.end();
  });

  test('another phase 1, or one that only says it was published', async () => {
    const path = join(ceremony.folder, 'phase1.ptau');
    const kept = await readFile(path);
    await writeFile(path, Buffer.concat([kept, Buffer.from([0])]));
    await expect(verify()).rejects.toEqual(code('ceremony.phase1_differs'));
    await writeFile(path, kept);
    await edited(({ setup, contributions }) => ({
      contributions,
      setup: { ...setup, phase1: { ...setup.phase1, kind: 'published' } },
    }));
    await expect(verify()).rejects.toEqual(code('ceremony.phase1_unknown'));
  });

  test('a phase 1 file that nobody published begins nothing', async () => {
    const options = {
      ...{ folder: ceremony.at('new'), title: 'New', required: 3, statements: ['tiny@1'] },
      ...{ beacon: { source: 'a block', iterations: 10 }, circuits, clock: () => 0 },
    };
    const unknown = initCeremony({ ...options, phase1: join(ceremony.folder, 'phase1.ptau') });
    await expect(unknown).rejects.toEqual(code('ceremony.phase1_unknown'));
    const taken = initCeremony({ ...options, folder: ceremony.folder, phase1: undefined });
    await expect(taken).rejects.toEqual(code('cli.file_exists'));
    expect(await readdir(ceremony.root)).not.toContain('new');
  });

  test('a beacon of another value than the one named', async () => {
    const folder = await ceremony.beacon();
    await editAttestation(folder, (attestation) => ({
      ...{ ...attestation, beacon: { value: '11'.repeat(32) } },
    }));
    await expect(ceremony.accept(folder)).rejects.toEqual(
      code('ceremony.attestation_differs', { field: 'beacon' }),
    );
  });

  test('somebody who says to be the beacon', async () => {
    const folder = await ceremony.contribute('Impostor');
    await editAttestation(folder, (attestation) => ({
      ...{ ...attestation, beacon: { value: '11'.repeat(32) } },
    }));
    await expect(ceremony.accept(folder)).rejects.toEqual(code('ceremony.attestation_differs'));
    const contributions = JSON.parse(await readFile(join(folder, 'attestation.json'), 'utf8'));
    const all = { ...transcript, contributions: [...transcript.contributions, contributions] };
    await expect(checkTranscript(all)).rejects.toEqual(code('ceremony.beacon_differs'));
  });
});

test('the published hashes are those of the table that snarkjs prints', async () => {
  const readme = await readFile('node_modules/snarkjs/README.md', 'utf8');
  for (const [power, hash] of PUBLISHED_PHASE1) {
    expect(readme).toMatch(new RegExp(`hez_final_${power}\\.ptau\\)\\s*\\|\\s*${hash}`));
  }
});
