import { afterAll, beforeAll, expect, test } from 'vitest';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import { readSections, viewOf, writeSections } from '../../../src/groth16/bin-file.ts';
import { wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
import type { VerificationKey } from '../../../src/groth16/verification-key.ts';
import { verifyProof } from '../../../src/groth16/verify-proof.ts';
import { seededRandom } from '../../support/random.ts';
import {
  type TinyCircuit,
  tinyCircuit,
  tinyPublicSignals,
  tinySignals,
} from '../../support/tiny-circuit.ts';
import { tinyVerificationKey } from '../../support/tiny-proof.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const provers = [
  wasmProver({ threads: 0, keys: 1 }),
  wasmProver({ threads: 2, keys: 1, tables: true }),
];
afterAll(() => Promise.all(provers.map((prover) => prover.close())));

let circuit: TinyCircuit;
let key: VerificationKey;
beforeAll(async () => {
  circuit = await tinyCircuit();
  key = await tinyVerificationKey();
});

type Outcome = 'refused' | 'valid' | 'invalid';

/** What both provers make of a key; anything but a proof or key.bad_file is a failure. */
async function outcome(zkey: Uint8Array): Promise<Outcome> {
  const outcomes = await Promise.all(
    provers.map(async ({ prove }): Promise<Outcome> => {
      try {
        const made = await prove({ ...circuit, zkey, signals: tinySignals });
        expect(made.publicSignals).toEqual(tinyPublicSignals);
        return (await verifyProof(key, made.publicSignals, made.proof)) ? 'valid' : 'invalid';
      } catch (error) {
        expect(error).toBeInstanceOf(CanbaoError);
        expect(error).toEqual(code('key.bad_file'));
        return 'refused';
      }
    }),
  );
  expect(outcomes[1]).toBe(outcomes[0]);
  return outcomes[0] as Outcome;
}

/** The zkey with bytes of one section changed. */
function withSection(id: number, change: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
  const sections = [...readSections(circuit.zkey, 'zkey', 1)].map(([k, bytes]) => {
    const copy = bytes.slice();
    if (k === id) change(copy, viewOf(copy));
    return [k, copy] as const;
  });
  return writeSections('zkey', 1, sections);
}

test('the key itself makes valid proofs', async () => {
  expect(await outcome(circuit.zkey)).toBe('valid');
});

test('cut or foreign files are refused', async () => {
  const { zkey, wasm, r1cs } = circuit;
  const random = seededRandom('cuts');
  const cuts = Array.from({ length: 40 }, () => zkey.slice(0, random.int(0, zkey.length - 1)));
  for (const file of [...cuts, wasm, r1cs, new Uint8Array(), new Uint8Array(500)]) {
    expect(await outcome(file)).toBe('refused');
  }
});

test('any bit turned: refused, or a proof that is no worse than invalid', async () => {
  const random = seededRandom('bits');
  const outcomes = new Set<Outcome>();
  for (let i = 0; i < 50; i++) {
    const zkey = circuit.zkey.slice();
    const at = random.int(0, zkey.length - 1);
    zkey[at] = (zkey[at] ?? 0) ^ (1 << random.int(0, 7));
    outcomes.add(await outcome(zkey));
  }
  // All three happen: some bits only a verifier reads.
  expect(outcomes).toEqual(new Set(['refused', 'valid', 'invalid']));
});

// Wire 0 is one, wires 1 to 5 the public signals, none of them zero.
test.each([
  ['alpha', 2, 84],
  ['beta in G1', 2, 84 + 64],
  ['beta in G2', 2, 84 + 128],
  ['delta in G1', 2, 84 + 384],
  ['delta in G2', 2, 84 + 448],
  ['a coefficient', 4, 4 + 12],
  ['a point of A', 5, 64],
])('a bit of %s turned spoils the proof', async (_, section, at) => {
  const zkey = withSection(section, (bytes) => {
    bytes[at] = (bytes[at] ?? 0) ^ 1;
  });
  expect(await outcome(zkey)).toBe('invalid');
});

test.each([5, 6, 7, 8, 9])(
  'points of section %i all of ones: an invalid proof',
  async (section) => {
    expect(await outcome(withSection(section, (bytes) => void bytes.fill(255)))).toBe('invalid');
  },
);

test.each([5, 6, 7, 8, 9])(
  'points of section %i all at infinity: an invalid proof',
  async (section) => {
    expect(await outcome(withSection(section, (bytes) => void bytes.fill(0)))).toBe('invalid');
  },
);

test.each([
  ['matrix', 0, 2],
  ['row', 4, 2 ** 31],
  ['wire', 8, 2 ** 32 - 1],
  ['count', -4, 1],
  ['count', -4, 2 ** 32 - 1],
])('a coefficient with a %s out of range is refused', async (_, at, value) => {
  expect(await outcome(withSection(4, (__, view) => view.setUint32(4 + at, value, true)))).toBe(
    'refused',
  );
});

test.each([0, 3, 2 ** 30, 2 ** 32 - 1])('a domain of %i is refused', async (size) => {
  const zkey = withSection(2, (_, view) => view.setUint32(72 + 8, size, true));
  expect(await outcome(zkey)).toBe('refused');
});
