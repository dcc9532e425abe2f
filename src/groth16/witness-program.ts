import { utf8ToBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Signals } from '../statements/define-statement.ts';
import { assertAllGiven, flatInput } from './witness/flat-inputs.ts';

/** What circom 2 exports from a witness program. */
interface CircomExports {
  init(sanityCheck: number): void;
  getFieldNumLen32(): number;
  getWitnessSize(): number;
  getInputSize(): number;
  getInputSignalSize(hashHigh: number, hashLow: number): number;
  setInputSignal(hashHigh: number, hashLow: number, position: number): void;
  getWitness(wire: number): void;
  readSharedRWMemory(word: number): number;
  writeSharedRWMemory(word: number, value: number): void;
  getMessageChar(): number;
}

/** Calculates witnesses, by circom's program or a compiled graph; one instance serves any number of them, one after another. */
export interface WitnessProgram {
  readonly wireCount: number;
  /**
   * Every wire's value, the constant 1 first, then the public signals.
   * @throws prove.bad_input for a missing, unknown or misshapen input
   * @throws prove.unsatisfied where a constraint cannot be met
   */
  calculate(signals: Signals): bigint[];
  /** The same as integers of 32 bytes, little-endian, one after another. @throws as `calculate` */
  calculateBytes(signals: Signals): Uint8Array;
  /** The first `count` wires only: 6 are the constant and our public signals. @throws as `calculate` */
  calculateFirst(count: number, signals: Signals): bigint[];
  /** Meets every constraint or throws, and reads no wire: several times quicker. @throws as `calculate` */
  assertSatisfied(signals: Signals): void;
}

const ASSERT_FAILED = 4;

/** Loads circom's WebAssembly. @throws key.bad_file */
export async function loadWitnessProgram(wasm: Uint8Array): Promise<WitnessProgram> {
  let messages: string[] = [];
  // Assigned once instantiated; the imports below run only after that.
  let exports: CircomExports;
  const readMessage = (): string => {
    let text = '';
    for (let code = exports.getMessageChar(); code !== 0; code = exports.getMessageChar()) {
      text += String.fromCharCode(code);
    }
    return text;
  };
  const runtime = {
    exceptionHandler(code: number) {
      // The message names template and line, never a value.
      const reason = messages.at(-1)?.trim() ?? `code ${code}`;
      throw new CanbaoError(code === ASSERT_FAILED ? 'prove.unsatisfied' : 'prove.bad_input', {
        reason,
      });
    },
    printErrorMessage: () => {
      messages.push(readMessage());
    },
    writeBufferMessage: () => {
      readMessage();
    },
    showSharedRWMemory: () => {},
  };
  try {
    const { instance } = await WebAssembly.instantiate(wasm as Uint8Array<ArrayBuffer>, {
      runtime,
    });
    exports = instance.exports as unknown as CircomExports;
  } catch (cause) {
    throw new CanbaoError(
      'key.bad_file',
      { kind: 'witness program', reason: 'not circom 2' },
      cause,
    );
  }

  const words = exports.getFieldNumLen32();
  const write = (value: bigint): void => {
    let rest = value;
    for (let i = 0; i < words; i++) {
      exports.writeSharedRWMemory(i, Number(rest & 0xffff_ffffn));
      rest >>= 32n;
    }
  };
  const read = (): bigint => {
    let value = 0n;
    for (let i = words - 1; i >= 0; i--) {
      value = (value << 32n) | BigInt(exports.readSharedRWMemory(i) >>> 0);
    }
    return value;
  };

  const setInputs = (signals: Signals): void => {
    // All are looked at first: setting the last one starts the calculation.
    const inputs = Object.entries(signals).map(([name, value]) => {
      const [high, low] = signalHash(name);
      const flat = flatInput(name, value, exports.getInputSignalSize(high, low));
      return { high, low, flat };
    });
    const given = inputs.reduce((sum, { flat }) => sum + flat.length, 0);
    assertAllGiven(given, exports.getInputSize());
    for (const { high, low, flat } of inputs) {
      for (const [position, item] of flat.entries()) {
        write(item);
        exports.setInputSignal(high, low, position);
      }
    }
  };

  const run = (signals: Signals): void => {
    messages = [];
    exports.init(1);
    setInputs(signals);
  };

  const bytes = (signals: Signals): Uint8Array => {
    run(signals);
    const wireCount = exports.getWitnessSize();
    const witness = new Uint32Array(wireCount * words);
    for (let wire = 0, at = 0; wire < wireCount; wire++) {
      exports.getWitness(wire);
      for (let i = 0; i < words; i++) witness[at++] = exports.readSharedRWMemory(i);
    }
    return new Uint8Array(witness.buffer);
  };

  const first = (count: number, signals: Signals): bigint[] => {
    run(signals);
    return Array.from({ length: count }, (_, wire) => {
      exports.getWitness(wire);
      return read();
    });
  };

  return {
    wireCount: exports.getWitnessSize(),
    assertSatisfied: run,
    calculate: (signals) => first(exports.getWitnessSize(), signals),
    calculateFirst: first,
    calculateBytes: bytes,
  };
}

const hashes = new Map<string, readonly [number, number]>();

/** circom finds inputs by the 64-bit FNV-1a hash of their name. */
function signalHash(name: string): readonly [number, number] {
  const known = hashes.get(name);
  if (known) return known;
  let hash = 0xcbf29ce484222325n;
  for (const byte of utf8ToBytes(name)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  const pair = [Number(hash >> 32n), Number(hash & 0xffff_ffffn)] as const;
  hashes.set(name, pair);
  return pair;
}
