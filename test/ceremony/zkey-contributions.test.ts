import { utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyBeaconTo, contributeTo, newKey } from '../../src/ceremony/work/phase2.ts';
import { readSections } from '../../src/groth16/bin-file.ts';
import { developmentPtau } from '../../src/groth16/development-ptau.ts';
import { readZkeyContributions } from '../../src/groth16/zkey-contributions.ts';
import { ZKEY, ZKEY_SECTION } from '../../src/groth16/zkey-sections.ts';
import { tinyCircuit } from '../support/tiny-circuit.ts';
import { withSections } from './forge.ts';

const badFile = expect.objectContaining({ code: 'key.bad_file' });

describe('the contributions that a zkey lists', () => {
  let initial: Uint8Array;
  let zkey: Uint8Array;
  const value = 'c3'.repeat(32);
  beforeAll(async () => {
    const { r1cs } = await tinyCircuit();
    initial = await newKey(r1cs, await developmentPtau(3));
    const first = await contributeTo(initial, '张敏', 'typed');
    zkey = await applyBeaconTo(first, { name: 'beacon', value, iterations: 10 });
  });

  test('are read as snarkjs wrote them', () => {
    expect(readZkeyContributions(initial).contributions).toEqual([]);
    const { circuitHash, contributions } = readZkeyContributions(zkey);
    expect(circuitHash).toEqual(readZkeyContributions(initial).circuitHash);
    expect(contributions).toMatchObject([
      { name: '张敏', beacon: undefined },
      { name: 'beacon', beacon: { iterations: 10, value: new Uint8Array(32).fill(0xc3) } },
    ]);
  });

  const edited = (edit: (bytes: Uint8Array) => Uint8Array) =>
    withSections(zkey, { [ZKEY_SECTION.contributions]: edit });

  test('cut anywhere, or with bytes after the last, they are refused', () => {
    const length = readSections(zkey, ZKEY.magic, ZKEY.version).get(10)?.length ?? 0;
    fc.assert(
      fc.property(fc.nat(length - 1), (kept) => {
        expect(() => readZkeyContributions(edited((bytes) => bytes.slice(0, kept)))).toThrow(
          badFile,
        );
      }),
    );
    const longer = edited((bytes) => new Uint8Array([...bytes, 0]));
    expect(() => readZkeyContributions(longer)).toThrow(badFile);
  });

  test('with a byte changed, they are refused or something else is read', () => {
    const before = readZkeyContributions(zkey);
    const length = readSections(zkey, ZKEY.magic, ZKEY.version).get(10)?.length ?? 0;
    fc.assert(
      fc.property(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = edited((bytes) => bytes.with(at, (bytes[at] ?? 0) ^ flip));
        try {
          expect(readZkeyContributions(changed)).not.toEqual(before);
        } catch (error) {
          expect(error).toEqual(badFile);
        }
      }),
    );
  });

  test('a parameter that snarkjs does not know, or one twice, is refused', () => {
    const name = utf8ToBytes('张敏');
    const at = (bytes: Uint8Array) => Buffer.from(bytes).indexOf(name) - 2;
    for (const kind of [0, 2, 3, 4, 255]) {
      const changed = edited((bytes) => bytes.with(at(bytes), kind));
      expect(() => readZkeyContributions(changed), String(kind)).toThrow(badFile);
    }
  });
});
