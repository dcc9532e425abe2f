import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readTranscript } from '../../src/ceremony/work/ceremony-folder.ts';
import { assertArtifacts } from '../../src/groth16/artifacts.ts';
import { createProver } from '../../src/groth16/create-prover.ts';
import { keyEntry, parseManifest } from '../../src/groth16/manifest.ts';
import { compiledCircuit } from '../../src/keys/circuit-build.ts';
import { readKeyFiles } from '../../src/keys/key-files.ts';
import { statementModule } from '../../src/statements/registry.ts';
import { attestAgain, editZkey, replaceDelta } from '../ceremony/forge.ts';
import { endReference, expectVerified } from '../support/reference-proof.ts';
import { statementBench } from '../support/statement-witness.ts';
import { vectorsOf } from '../support/vectors.ts';
import { type CliRun, canbao } from './canbao.ts';

/** The smallest circuit; its first key takes a minute or more all the same. */
const STATEMENT = 'benefit-status@1';
const PATIENCE_MS = 1_200_000;
vi.setConfig({ testTimeout: 2 * PATIENCE_MS, hookTimeout: PATIENCE_MS });

const require = createRequire(import.meta.url);
let folder: string;
let documented: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-rehearsal-'));
  const text = await readFile('docs/ceremony.md', 'utf8');
  documented = [...text.matchAll(/^npm run -s canbao -- (ceremony .*)$/gm)].map(
    ([, line]) => line ?? '',
  );
});
afterAll(async () => {
  await endReference();
  await rm(folder, { recursive: true, force: true });
});
const at = (name: string) => join(folder, name);

/** The command that docs/ceremony.md shows, with its folders in this test's and some words replaced. */
function shown(command: string, replaced: Readonly<Record<string, string>> = {}): string[] {
  const line = documented.find((one) => one.startsWith(`ceremony ${command} `));
  if (!line) throw new Error(`docs/ceremony.md does not show ${command}`);
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
  const folders = /^(round|zhang-min(\.key)?|made-keys(\/.*)?)$/;
  return words.flatMap((word) => {
    const other = replaced[word];
    if (other !== undefined) return other.split(' ').filter(Boolean);
    return [folders.test(word) ? at(word) : word];
  });
}

const run = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliRun> => canbao(args, { env, patience: PATIENCE_MS });
const contribution = (name: string, out: string) =>
  run(['ceremony', 'contribute', at('round'), '--name', name, '-o', at(out)]);
const accept = (out: string) => run(['ceremony', 'accept', at('round'), at(out)]);
const stateOf = async () => ({
  folder: (await readdir(at('round'))).sort(),
  transcript: await readFile(at('round/ceremony.json'), 'utf8'),
});

/** Five are asked. Each test goes on where the one before ended. */
describe('the rehearsal of a ceremony', () => {
  it('begins, for development', async () => {
    const begun = await run(
      shown('init', {
        ...{ '--phase1': '--development-phase1', 'powersOfTau28_hez_final_14.ptau': '' },
        'Canbao keys, 2027': `Rehearsal --statement ${STATEMENT} --iterations 10`,
      }),
    );
    expect(begun).toMatchObject({ code: 0, json: { ok: true, phase1: { kind: 'development' } } });
    expect(Object.keys(begun.json.statements)).toEqual([STATEMENT]);
  });

  it('takes the first contribution, signed', async () => {
    const made = await run(shown('contribute'));
    expect(made).toMatchObject({ code: 0, json: { ok: true, number: 1 } });
    expect(made.json.signer).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(at('zhang-min.key'))).mode & 0o777).toBe(0o600);
    const taken = await run(shown('accept'));
    expect(taken).toMatchObject({ code: 0, json: { ok: true, participants: 1 } });
    expect(taken.json.hash).toBe(made.json.hash);
  });

  it('is not delayed by one who drops out', async () => {
    const before = await stateOf();
    const gone = contributeAndDie();
    await untilWorking(gone);
    gone.kill('SIGKILL');
    await once(gone, 'close');
    await expect(stat(at('bo'))).rejects.toThrow();
    expect(await stateOf()).toEqual(before);
    const typed = 'canary typed at random';
    const made = await run(
      ['ceremony', 'contribute', at('round'), '--name', 'Chen', '-o', at('chen')],
      { CANBAO_ENTROPY: typed },
    );
    expect(made).toMatchObject({ code: 0 });
    const kept = await Promise.all(
      ['attestation.json', `${STATEMENT}.zkey`].map((file) => readFile(at(`chen/${file}`))),
    );
    for (const text of [made.stdout, made.stderr, ...kept]) {
      expect(Buffer.from(text).includes(typed)).toBe(false);
    }
    expect(await accept('chen')).toMatchObject({ code: 0, json: { participants: 2 } });
  });

  it('catches one who cheats, and tells why', async () => {
    const before = await stateOf();
    expect(await contribution('Dora', 'dora')).toMatchObject({ code: 0 });
    // delta of her own choosing, in place of the one whose secret she proved.
    await editZkey(at('dora'), STATEMENT, replaceDelta);
    await attestAgain(at('dora'));
    const caught = await accept('dora');
    expect(caught).toMatchObject({
      ...{ code: 1, json: { ok: false, refused: { code: 'ceremony.no_proof' } } },
    });
    expect(caught.json.refused.facts).toEqual({ number: 3, statement: STATEMENT });
    expect(await stateOf()).toEqual(before);
  });

  it('refuses to end too early', async () => {
    const early = await run(shown('finish'));
    expect(early).toMatchObject({
      ...{ code: 1, json: { refused: { code: 'ceremony.too_few', facts: { found: 2 } } } },
    });
    expect(await run(shown('beacon'))).toMatchObject({
      ...{ code: 1, json: { refused: { code: 'ceremony.too_few' } } },
    });
  });

  it('goes on with the fifth, and is closed by the beacon', async () => {
    await cp(at('round'), at('handed-over'), { recursive: true });
    const made = await run([
      ...['ceremony', 'contribute', at('handed-over'), '--name', 'Emil', '-o', at('emil')],
    ]);
    expect(made).toMatchObject({ code: 0, json: { number: 3 } });
    expect(await accept('emil')).toMatchObject({ code: 0, json: { participants: 3 } });
    expect(await run(shown('beacon'))).toMatchObject({ code: 0, json: { number: 4 } });
    const { contributions } = await readTranscript(at('round'));
    expect(contributions.map(({ name }) => name)).toEqual([
      ...['Zhang Min', 'Chen', 'Emil', 'beacon'],
    ]);
  });

  it('makes keys that are what the ceremony says, and development keys', async () => {
    const made = await run(shown('finish'));
    expect(made).toMatchObject({ code: 0, json: { ok: true, status: 'development' } });
    const manifest = parseManifest(
      JSON.parse(await readFile(at('made-keys/manifest.json'), 'utf8')),
    );
    const entry = keyEntry(manifest, STATEMENT);
    expect(entry).toMatchObject({ status: 'development', contributions: 4 });
    expect(entry.transcript).toBe(made.json.head);
    const held = await run(shown('verify'));
    expect(held).toMatchObject({
      code: 0,
      json: { ok: true, participants: 3, head: entry.transcript },
    });
  });

  it('has stock snarkjs say that the key is good', async () => {
    const cli = join(require.resolve('snarkjs'), '..', 'cli.cjs');
    const key = (state: string) => at(`round/${state}/${STATEMENT}.zkey`);
    const args = ['zkvi', key('0000'), at('round/phase1.ptau'), key('0004')];
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    const [code] = await once(child, 'close');
    expect(said).toContain('ZKey Ok!');
    expect(code).toBe(0);
  });

  it('proves with the key, for us and for snarkjs', async () => {
    const { statement } = statementModule(STATEMENT);
    const vector = vectorsOf(statement).find(({ reason }) => reason === undefined);
    if (!vector) throw new Error('no passing vector');
    const bench = await statementBench(statement);
    const signals = bench.inputs(vector);
    const { graph, wasm, compactKey } = await readKeyFiles(at(`made-keys/${STATEMENT}`));
    const manifest = await readFile(at('made-keys/manifest.json'), 'utf8');
    const entry = keyEntry(parseManifest(JSON.parse(manifest)), STATEMENT);
    const { r1cs } = await compiledCircuit(STATEMENT);
    const artifacts = { r1cs, wasm, graph, zkey: compactKey };
    assertArtifacts(STATEMENT, artifacts, entry, { production: false });
    expect(() => assertArtifacts(STATEMENT, artifacts, entry, { production: true })).toThrow(
      expect.objectContaining({ code: 'key.development_refused' }),
    );
    const prover = await createProver();
    const { proof } = await prover.prove({ graph, zkey: compactKey, signals });
    await prover.close();
    const zkey = new Uint8Array(await readFile(at(`round/0004/${STATEMENT}.zkey`)));
    await expectVerified(zkey, bench.program.calculateBytes(signals), proof);
  });
});

/** A contributor as a process, to be killed while at work. */
function contributeAndDie(): ChildProcess {
  const args = ['ceremony', 'contribute', at('round'), '--name', 'Bo', '-o', at('bo')];
  return spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
    stdio: 'ignore',
  });
}

/** Until its folder, still unfinished, is there. */
async function untilWorking(child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    if ((await readdir(folder)).some((name) => name.startsWith('.bo-'))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it ended before it was killed');
}
