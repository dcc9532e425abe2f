import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import { readSections, writeSections } from '../../../src/groth16/bin-file.ts';
import { ByteWriter } from '../../../src/groth16/compact-key/byte-stream.ts';
import { compactKeyParts, decodeCompactKey } from '../../../src/groth16/compact-key/decode.ts';
import { encodeCompactKey } from '../../../src/groth16/compact-key/encode.ts';
import { openCompactKey, writeCompactKey } from '../../../src/groth16/compact-key/format.ts';
import { type CompiledKernel, chooseKernel } from '../../../src/groth16/engine/load-kernel.ts';
import { wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
import { readZkey } from '../../../src/groth16/zkey.ts';
import { type TinyCircuit, tinyCircuit } from '../../support/tiny-circuit.ts';

const badFile = expect.objectContaining({ code: 'key.bad_file' });
const PROTOCOL = 1;
const HEADER = 2;
const COEFFICIENTS = 4;
const SECTIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

let circuit: TinyCircuit;
let compact: Uint8Array;
let kernel: CompiledKernel;
beforeAll(async () => {
  circuit = await tinyCircuit();
  compact = await encodeCompactKey(circuit.zkey);
  kernel = await chooseKernel();
});

/** The compact key with one section changed, and a hash that is right again. */
function withSection(id: number, edit: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const { sections, zkeyHash } = openCompactKey(compact);
  const changed = [...sections].map(([k, bytes]) => [k, k === id ? edit(bytes) : bytes] as const);
  return writeCompactKey(new Map(changed), zkeyHash);
}
const flip = (bytes: Uint8Array, bit: number) =>
  bytes.with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
const varints = (...values: number[]) => {
  const writer = new ByteWriter();
  for (const value of values) writer.varint(value);
  return writer.take();
};

test('any bit flipped: refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(8 * compact.length - 1), async (bit) => {
      await expect(decodeCompactKey(flip(compact, bit))).rejects.toEqual(badFile);
    }),
  );
});

test('cut anywhere, or longer: refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(compact.length - 1), async (length) => {
      const file = compact.slice(0, length);
      await expect(decodeCompactKey(file)).rejects.toEqual(badFile);
      if (length < 88) expect(() => readZkey(file)).toThrow(badFile);
    }),
  );
  await expect(decodeCompactKey(Buffer.concat([compact, Uint8Array.of(0)]))).rejects.toEqual(
    badFile,
  );
});

test('a foreign file, and another version: refused', async () => {
  const newer = compact.with(4, 2);
  for (const file of [circuit.zkey, circuit.r1cs, circuit.wasm, new Uint8Array(), newer]) {
    await expect(decodeCompactKey(file)).rejects.toEqual(badFile);
  }
  for (const file of [compact, circuit.r1cs, new Uint8Array()]) {
    await expect(encodeCompactKey(file)).rejects.toEqual(badFile);
  }
});

test.each(SECTIONS)(
  'section %i damaged under a right hash: refused, or still the same key',
  async (id) => {
    const length = openCompactKey(compact).sections.get(id)?.length ?? 0;
    const edits = fc.oneof(
      fc.nat(8 * length - 1).map((bit) => (bytes: Uint8Array) => flip(bytes, bit)),
      fc.nat(length - 1).map((end) => (bytes: Uint8Array) => bytes.slice(0, end)),
      fc
        .uint8Array({ minLength: 1, maxLength: 300 })
        .map((more) => (bytes: Uint8Array) => new Uint8Array(Buffer.concat([bytes, more]))),
      fc.uint8Array({ maxLength: 2 * length }).map((other) => () => other),
    );
    await fc.assert(
      fc.asyncProperty(edits, async (edit) => {
        const file = withSection(id, edit);
        // Without its zkey's hash the engine may get another key, which proves nothing.
        await compactKeyParts(file, { kernel }).catch((error) => expect(error).toEqual(badFile));
        const zkey = await decodeCompactKey(file).catch((error) => {
          expect(error).toEqual(badFile);
          return new Uint8Array(circuit.zkey);
        });
        expect(zkey).toEqual(new Uint8Array(circuit.zkey));
      }),
      { numRuns: 25 },
    );
  },
);

test('a section missing: refused', async () => {
  const { sections, zkeyHash } = openCompactKey(compact);
  for (const id of SECTIONS) {
    const others = new Map([...sections].filter(([k]) => k !== id));
    await expect(decodeCompactKey(writeCompactKey(others, zkeyHash)), `${id}`).rejects.toEqual(
      badFile,
    );
  }
});

test.each([
  ['wires', HEADER, 72],
  ['public signals', HEADER, 76],
  ['elements of the domain', HEADER, 80],
])('counts that lie, %s: refused before memory is taken', async (_, id, at) => {
  for (const top of [0x80, 0x01]) {
    const file = withSection(id, (bytes) => bytes.with(at + 3, top).with(at, 0));
    await expect(decodeCompactKey(file)).rejects.toEqual(badFile);
  }
});

test.each([
  ['coefficients', varints(2 ** 34, 0)],
  ['coefficients that few bytes stand for', varints(2 ** 20, 0)],
  ['values', varints(1, 2 ** 34)],
  ['terms of a row', varints(3, 0, 0, 0, 0, 2 ** 34)],
  ['a shape never described', varints(1, 0, 0, 0, 7)],
  ['a value never listed', varints(1, 0, 0, 0, 0, 0, 0)],
  ['an integer without end', new Uint8Array(12).fill(0xff)],
  ['nothing', new Uint8Array()],
])('a coefficient section that lies, %s: refused', async (_, section) => {
  await expect(decodeCompactKey(withSection(COEFFICIENTS, () => section))).rejects.toEqual(badFile);
});

test('a zkey that would not come back is not encoded', async () => {
  const sections = readSections(circuit.zkey, 'zkey', 1);
  const edited = (id: number, edit: (bytes: Uint8Array) => Uint8Array) =>
    writeSections(
      'zkey',
      1,
      [...sections].map(([k, bytes]) => [k, k === id ? edit(bytes.slice()) : bytes] as const),
    );
  const zkeys = [
    edited(PROTOCOL, (bytes) => bytes.with(0, 2)),
    ...[5, 6, 7, 8, 9].flatMap((id) => [
      // The last point's y, then its x, changed; then a coordinate out of range.
      edited(id, (bytes) => flip(bytes, 8 * bytes.length - 300)),
      edited(id, (bytes) => flip(bytes, 8 * bytes.length - 20)),
      edited(id, (bytes) => bytes.fill(255, bytes.length - 32)),
      edited(id, (bytes) => bytes.fill(255, bytes.length - 64, bytes.length - 32)),
    ]),
  ];
  for (const zkey of zkeys) await expect(encodeCompactKey(zkey)).rejects.toEqual(badFile);
});

test('the prover refuses a damaged one with its code', async () => {
  const prover = wasmProver({ threads: 2 });
  try {
    const zkey = flip(compact, 8 * compact.length - 9);
    const failure = await prover.prove({ ...circuit, zkey, signals: {} }).catch((error) => error);
    expect(failure).toBeInstanceOf(CanbaoError);
    expect(failure).toEqual(badFile);
  } finally {
    await prover.close();
  }
});
