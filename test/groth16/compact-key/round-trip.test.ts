import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fr, toFr } from '../../../src/core/field.ts';
import { assertArtifacts, describeArtifacts } from '../../../src/groth16/artifacts.ts';
import { readSections, writeSections } from '../../../src/groth16/bin-file.ts';
import { compactKeyParts, decodeCompactKey } from '../../../src/groth16/compact-key/decode.ts';
import { compressZkey, encodeCompactKey } from '../../../src/groth16/compact-key/encode.ts';
import { isCompactKey } from '../../../src/groth16/compact-key/format.ts';
import { developmentSetup } from '../../../src/groth16/development-setup.ts';
import { compileKernel } from '../../../src/groth16/engine/load-kernel.ts';
import { ThreadPool } from '../../../src/groth16/engine/thread-pool.ts';
import { wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
import type { Prover } from '../../../src/groth16/prover.ts';
import { snarkjsProver } from '../../../src/groth16/snarkjs-prover.ts';
import { verifyProof } from '../../../src/groth16/verify-proof.ts';
import { provingKeyParts, readZkey, verificationKeyFromZkey } from '../../../src/groth16/zkey.ts';
import { openKeyStore } from '../../../src/keys/key-store.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { seededRandom } from '../../support/random.ts';
import { randomR1cs } from '../../support/random-r1cs.ts';
import { type TinyCircuit, tinyCircuit, tinyInputs } from '../../support/tiny-circuit.ts';
import { tinyVerificationKey } from '../../support/tiny-proof.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

let circuit: TinyCircuit;
let compact: Uint8Array;
const provers: Prover[] = [];
afterAll(() => Promise.all(provers.map((prover) => prover.close())));
beforeAll(async () => {
  circuit = await tinyCircuit();
  compact = await encodeCompactKey(circuit.zkey);
});

test('the zkey comes back byte for byte, and encoding is reproducible', async () => {
  expect(await decodeCompactKey(compact)).toEqual(new Uint8Array(circuit.zkey));
  expect(await encodeCompactKey(circuit.zkey)).toEqual(compact);
  expect(isCompactKey(compact)).toBe(true);
  expect(isCompactKey(circuit.zkey)).toBe(false);
});

test('so do those of random circuits', async () => {
  for (let seed = 0; seed < 6; seed++) {
    const zkey = await developmentSetup(randomR1cs(seededRandom(`compact ${seed}`)));
    const back = await decodeCompactKey(compressZkey(zkey));
    expect(sameBytes(back, zkey), `seed ${seed}`).toBe(true);
  }
});

test('sections in another order, unknown ones and a contribution stay what they are', async () => {
  const sections = [...readSections(circuit.zkey, 'zkey', 1)];
  const contribution = new Uint8Array(500).map((_, i) => i);
  contribution.set([1, 0, 0, 0], 64);
  const other = sections
    .reverse()
    .map(([id, bytes]) => [id, id === 10 ? contribution : bytes] as const);
  const zkey = writeSections('zkey', 1, [...other, [77, Uint8Array.of(1, 2, 3)]]);
  expect(await decodeCompactKey(await encodeCompactKey(zkey))).toEqual(zkey);
});

test.each(['fma', 'limbs'] as const)(
  'the engine gets the same parts, on kernel %s',
  async (variant) => {
    const kernel = await compileKernel(variant);
    const parts = await compactKeyParts(compact, { kernel });
    const plain = (value: object) =>
      Object.entries(value).map(([k, v]) => [k, Array.from(v as [])]);
    expect(plain(parts)).toEqual(plain(provingKeyParts(circuit.zkey)));
  },
);

test.each([
  ['our engine, on the calling thread', () => wasmProver({ threads: 0 })],
  ['our engine, on threads', () => wasmProver({ threads: 2 })],
  ['snarkjs', () => snarkjsProver()],
])('%s proves with a compact key', async (_, open) => {
  const prover = open();
  provers.push(prover);
  const signals = Object.fromEntries(
    Object.entries(tinyInputs).map(([name, value]) => [name, toFr(value)]),
  ) as Record<keyof typeof tinyInputs, Fr>;
  const made = await prover.prove({ wasm: circuit.wasm, zkey: compact, signals });
  expect(made.publicSignals).toEqual([62n, 11n, 13n, 17n, 19n]);
  expect(await verifyProof(await tinyVerificationKey(), made.publicSignals, made.proof)).toBe(true);
});

test('its header and verification key are those of the zkey', () => {
  expect(readZkey(compact)).toEqual(readZkey(circuit.zkey));
  expect(verificationKeyFromZkey(compact)).toEqual(verificationKeyFromZkey(circuit.zkey));
});

test('the manifest binds it: no other is taken, and none where it names none', () => {
  const bound = describeArtifacts({ ...circuit, compactKey: compact }, {});
  const { compactKey, ...unbound } = bound;
  const policy = { production: false };
  const artifacts = { ...circuit, zkey: compact };
  assertArtifacts('tiny@1', artifacts, bound, policy);
  assertArtifacts('tiny@1', circuit, bound, policy);
  const changed = { ...artifacts, zkey: compact.with(-1, (compact.at(-1) ?? 0) ^ 1) };
  for (const [files, entry] of [
    [changed, bound],
    [artifacts, unbound],
    [artifacts, { ...bound, compactKey: bound.zkey }],
  ] as const) {
    expect(() => assertArtifacts('tiny@1', files, entry, policy)).toThrow(
      code('key.hash_mismatch'),
    );
  }
  expect(compactKey).toMatch(/^[0-9a-f]{64}$/);
});

const statements = statementRegistry.all().map(({ name }) => name);
const keys = openKeyStore({ production: false });

test.each(statements)('the key of %s: at most 4 MB and a third of the zkey', async (name) => {
  const { zkey } = await (await keys.get(name)).snarkjsFiles();
  const { length } = compressZkey(zkey);
  expect(length).toBeLessThanOrEqual(4_000_000);
  expect(length).toBeLessThanOrEqual(zkey.length / 3);
});

test('a statement key comes back byte for byte, on threads', async () => {
  const { zkey } = await (await keys.get('coverage@1')).snarkjsFiles();
  const pool = new ThreadPool(2);
  try {
    const workers = { kernel: await compileKernel('limbs'), pool };
    const back = await decodeCompactKey(compressZkey(zkey), workers);
    expect(sameBytes(back, zkey)).toBe(true);
  } finally {
    await pool.end();
  }
});
