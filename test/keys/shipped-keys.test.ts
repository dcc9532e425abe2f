import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whatChanged } from '../../scripts/keys/what-changed.ts';
import { sha256Hex } from '../../src/groth16/artifacts.ts';
import { isCompactKey } from '../../src/groth16/compact-key/format.ts';
import { compiledCircuit } from '../../src/keys/circuit-build.ts';
import { openKeyStore } from '../../src/keys/key-store.ts';
import { shippedKeysFolder } from '../../src/keys/paths.ts';
import { statementRegistry } from '../../src/statements/registry.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const development = { production: false };
const names = statementRegistry.all().map(({ name }) => name);
const STATEMENT = 'benefit-status@1';

describe('the keys that ship', () => {
  it.each(names)('%s has one, made from the circuit as it is here', async (name) => {
    const { artifacts, entry } = await openKeyStore(development).get(name);
    const { r1cs, wasm, graph, sources } = await compiledCircuit(name);
    expect(isCompactKey(artifacts.zkey)).toBe(true);
    expect(entry).toMatchObject({ r1cs: sha256Hex(r1cs), wasm: sha256Hex(wasm), sources });
    expect(artifacts.graph && sha256Hex(artifacts.graph)).toBe(graph && sha256Hex(graph));
    expect(whatChanged({ r1cs, wasm }, entry).isOther).toBe(false);
  });

  it('gives other provers what the manifest names', async () => {
    const keys = await openKeyStore(development).get(STATEMENT);
    const { wasm, zkey } = await keys.snarkjsFiles();
    expect(sha256Hex(wasm)).toBe(keys.entry.wasm);
    expect(sha256Hex(zkey)).toBe(keys.entry.zkey);
  });

  it('are refused in production, being of development', async () => {
    const opening = openKeyStore({ production: true }).get(STATEMENT);
    await expect(opening).rejects.toEqual(code('key.development_refused'));
  });

  it('a circuit that is another is told from the one a key was made for', () => {
    const [r1cs, wasm] = [Uint8Array.of(1), Uint8Array.of(2)];
    const entry = { r1cs: sha256Hex(r1cs), wasm: sha256Hex(wasm) };
    expect(whatChanged({ r1cs, wasm }, entry)).toEqual({ isOther: false, names: '' });
    expect(whatChanged({ r1cs: wasm, wasm }, entry).names).toBe('constraints');
    expect(whatChanged({ r1cs, wasm: r1cs }, entry).names).toBe('witness program');
  });
});

describe('a copy of them', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canbao-keys-'));
    for (const name of ['manifest.json', STATEMENT]) {
      await cp(join(shippedKeysFolder, name), join(folder, name), { recursive: true });
    }
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const get = () => openKeyStore(development, undefined, folder).get(STATEMENT);
  const path = (file: string) => join(folder, STATEMENT, file);
  const spoil = async (file: string) => {
    const bytes = await readFile(path(file));
    const middle = bytes.length >> 1;
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    await writeFile(path(file), bytes);
  };

  it.each(['circuit.ckey', 'circuit.graph'])('with another bit in %s is refused', async (file) => {
    await get();
    await spoil(file);
    await expect(get()).rejects.toEqual(code('key.hash_mismatch'));
  });

  it('without a file says which', async () => {
    await rm(path('circuit.ckey'));
    await expect(get()).rejects.toThrow(/circuit\.ckey/);
  });

  it('with a damaged witness program of circom’s proves, and says so to who asks for it', async () => {
    await writeFile(path('circuit.wasm.br'), 'no brotli');
    await expect((await get()).snarkjsFiles()).rejects.toEqual(code('key.bad_file'));
  });

  it('with a manifest that is none is refused', async () => {
    await writeFile(join(folder, 'manifest.json'), '{"format":"another"}');
    await expect(get()).rejects.toEqual(code('key.bad_file'));
  });
});
