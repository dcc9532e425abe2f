import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as snarkjs from 'snarkjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readTranscript } from '../../src/ceremony/work/ceremony-folder.ts';
import { finishCeremony } from '../../src/ceremony/work/finish-ceremony.ts';
import { assertArtifacts } from '../../src/groth16/artifacts.ts';
import { createProver } from '../../src/groth16/create-prover.ts';
import { proofToSnarkjs } from '../../src/groth16/proof.ts';
import {
  decodeVerificationKey,
  type VerificationKeyJson,
} from '../../src/groth16/verification-key.ts';
import { verifyProof } from '../../src/groth16/verify-proof.ts';
import { type CliRun, canbao } from '../cli/canbao.ts';
import { endReference } from '../support/reference-proof.ts';
import { tinyPublicSignals, tinySignals } from '../support/tiny-circuit.ts';
import { attestAgain, editZkey, replaceDelta } from './forge.ts';
import { beaconValue, TinyCeremony, tinyCircuits } from './tiny-ceremony.ts';

vi.setConfig({ testTimeout: 600_000 });

let ceremony: TinyCeremony;
beforeAll(async () => {
  ceremony = await TinyCeremony.begin();
});
afterAll(async () => {
  await endReference();
  await ceremony.end();
});

const at = (name: string) => ceremony.at(name);
const run = (...args: readonly string[]): Promise<CliRun> => canbao(['ceremony', ...args]);
const contribute = (name: string, from = ceremony.folder) =>
  run('contribute', from, '--name', name, '-o', at(name));
const accept = (name: string) => run('accept', ceremony.folder, at(name));
const state = async () => ({
  files: (await readdir(ceremony.folder, { recursive: true })).sort(),
  transcript: await readFile(join(ceremony.folder, 'ceremony.json'), 'utf8'),
});

/** Five contributors, a process each, over two small circuits; test/cli has a statement's. */
describe('the rehearsal of a ceremony by five', () => {
  it('the first contributes, signed', async () => {
    const made = await run(
      'contribute',
      ceremony.folder,
      '--name',
      'Ada',
      '-o',
      at('Ada'),
      '--key',
      at('ada.key'),
    );
    expect(made).toMatchObject({ code: 0, json: { ok: true, number: 1 } });
    const taken = await accept('Ada');
    expect(taken).toMatchObject({ code: 0, json: { participants: 1, hash: made.json.hash } });
  });

  it('the second drops out in the middle, and delays nobody', async () => {
    const before = await state();
    const gone = begin('Bo');
    await untilWorking(gone, '.Bo-');
    gone.kill('SIGKILL');
    await once(gone, 'close');
    await expect(stat(at('Bo'))).rejects.toThrow();
    expect(await state()).toEqual(before);
  });

  it('the third contributes in the place of the second', async () => {
    expect(await contribute('Chen')).toMatchObject({ code: 0, json: { number: 2 } });
    expect(await accept('Chen')).toMatchObject({ code: 0, json: { participants: 2 } });
  });

  it('the fourth cheats, and is caught', async () => {
    const before = await state();
    expect(await contribute('Dora')).toMatchObject({ code: 0 });
    // delta of her own choosing, in place of the one whose secret she proved.
    await editZkey(at('Dora'), 'tiny@1', replaceDelta);
    await attestAgain(at('Dora'));
    const caught = await accept('Dora');
    expect(caught).toMatchObject({ code: 1, json: { ok: false } });
    expect(caught.json.refused).toMatchObject({
      ...{ code: 'ceremony.no_proof', facts: { number: 3, statement: 'tiny@1' } },
    });
    expect(await state()).toEqual(before);
    const early = await run('finish', ceremony.folder, '-o', at('early'));
    expect(early).toMatchObject({ code: 1, json: { refused: { code: 'ceremony.too_few' } } });
  });

  it('the fifth contributes from a copy, and the beacon closes the ceremony', async () => {
    await cp(ceremony.folder, at('handed-over'), { recursive: true });
    expect(await contribute('Emil', at('handed-over'))).toMatchObject({ code: 0 });
    expect(await accept('Emil')).toMatchObject({ code: 0, json: { participants: 3 } });
    const closed = await run('beacon', ceremony.folder, '--value', beaconValue);
    expect(closed).toMatchObject({ code: 0, json: { number: 4 } });
    const { contributions } = await readTranscript(ceremony.folder);
    expect(contributions.map(({ name }) => name)).toEqual(['Ada', 'Chen', 'Emil', 'beacon']);
  });

  it('its key proves, for us and for snarkjs, and is a development key', async () => {
    const { statements } = await finishCeremony({
      ...{ folder: ceremony.folder, output: at('keys') },
      circuits: async (statement) => ({
        ...(await tinyCircuits(statement)),
        ...{ graph: undefined, tools: {} },
      }),
    });
    const entry = statements['tiny@1'];
    if (!entry) throw new Error('no key');
    expect(entry).toMatchObject({ status: 'development', contributions: 4 });
    const { r1cs, wasm } = await tinyCircuits('tiny@1');
    const zkey = new Uint8Array(await readFile(join(ceremony.folder, '0004', 'tiny@1.zkey')));
    assertArtifacts('tiny@1', { r1cs, wasm, zkey }, entry, { production: false });

    const json: VerificationKeyJson = JSON.parse(
      await readFile(at('keys/tiny@1/verification_key.json'), 'utf8'),
    );
    const prover = await createProver();
    const { proof, publicSignals } = await prover.prove({ wasm, zkey, signals: tinySignals });
    await prover.close();
    expect(publicSignals).toEqual(tinyPublicSignals);
    expect(await verifyProof(decodeVerificationKey(json), publicSignals, proof)).toBe(true);
    const isGood = await snarkjs.groth16.verify(
      json,
      publicSignals.map(String),
      proofToSnarkjs(proof) as never,
    );
    expect(isGood).toBe(true);
  });
});

/** A contributor as a process, to be killed while at work. */
function begin(name: string): ChildProcess {
  const args = ['ceremony', 'contribute', ceremony.folder, '--name', name, '-o', at(name)];
  return spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
    stdio: 'ignore',
  });
}

/** Until its folder, still unfinished, is there. */
async function untilWorking(child: ChildProcess, prefix: string): Promise<void> {
  while (child.exitCode === null) {
    if ((await readdir(ceremony.root)).some((name) => name.startsWith(prefix))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it ended before it was killed');
}
