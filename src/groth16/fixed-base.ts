import { buildBn128, type CurveModule } from 'ffjavascript';
import { viewOf, writeUint256 } from './bin-file.ts';
import { type GroupName, POINT_BYTES } from './point-bytes.ts';

/** Multiples of one group's generator, many at a time. */
export interface FixedBase {
  /**
   * `scalars[i] · G` as affine points one after another; zero gives the point at infinity (0, 0).
   * Scalars are in [0, r). `onPoints` hears of every few thousand done.
   */
  multiples(scalars: readonly bigint[], onPoints?: (done: number) => void): Uint8Array;
}

const SCALAR_BITS = 254;
const PAGE_BYTES = 65_536;
/** Points converted to affine form together, so that one inversion serves all. */
const BATCH = 2048;

/**
 * Both generators, each with a table of its multiples sized for about `expected` scalars.
 * ffjavascript has no routine for many scalars and one base, so this drives its WebAssembly
 * directly: going through its JavaScript wrappers costs more than the additions themselves.
 */
export async function buildFixedBases(expected: number): Promise<Record<GroupName, FixedBase>> {
  const windowBits = Math.min(11, Math.max(3, Math.floor(Math.log2(expected)) - 4));
  const build = async (name: GroupName) => {
    const { tm } = await buildBn128(true); // an instance of its own: nobody else moves its memory
    return windowedBase(tm, name, windowBits);
  };
  return { g1: await build('g1'), g2: await build('g2') };
}

/**
 * A table `T[w][d] = d · 2^(w·windowBits) · G`: a multiple is then one addition a window.
 */
function windowedBase(tm: CurveModule, name: GroupName, windowBits: number): FixedBase {
  const affineBytes = POINT_BYTES[name];
  const jacobianBytes = (affineBytes / 2) * 3;
  const windows = Math.ceil(SCALAR_BITS / windowBits);
  const rowLength = 2 ** windowBits;
  const batch = Math.max(BATCH, rowLength);

  const wasm = (operation: string) => {
    const call = tm.instance.exports[`${name === 'g1' ? 'g1m' : 'g2m'}_${operation}`];
    if (!call) throw new RangeError(`ffjavascript lacks ${operation}`);
    return call;
  };
  const [zero, add, addMixed] = [wasm('zero'), wasm('add'), wasm('addMixed')];
  const [copy, batchToAffine] = [wasm('copy'), wasm('batchToAffine')];

  // A batch takes Jacobian inputs, affine outputs, and as much again for the inversion's scratch.
  const bytes = windows * rowLength * affineBytes + batch * (2 * jacobianBytes + affineBytes);
  tm.memory.grow(Math.ceil((bytes + 4 * jacobianBytes) / PAGE_BYTES));
  tm.u8 = new Uint8Array(tm.memory.buffer);
  tm.u32 = new Uint32Array(tm.memory.buffer);
  const table = tm.alloc(windows * rowLength * affineBytes);
  const jacobian = tm.alloc(batch * jacobianBytes);
  const affine = tm.alloc(batch * affineBytes);
  const base = tm.alloc(jacobianBytes);

  copy(name === 'g1' ? tm.pG1gen : tm.pG2gen, base);
  for (let window = 0; window < windows; window++) {
    zero(jacobian);
    for (let digit = 1; digit < rowLength; digit++) {
      const to = jacobian + digit * jacobianBytes;
      add(to - jacobianBytes, base, to);
    }
    batchToAffine(jacobian, rowLength, table + window * rowLength * affineBytes);
    add(jacobian + (rowLength - 1) * jacobianBytes, base, base);
  }

  const digits = new Uint8Array(32 + 4); // the last window may read past the scalar
  const digitsView = viewOf(digits);
  const multiply = (scalar: bigint, to: number) => {
    zero(to);
    writeUint256(digitsView, 0, scalar);
    for (let window = 0, bit = 0; window < windows; window++, bit += windowBits) {
      const digit = (digitsView.getUint32(bit >> 3, true) >>> (bit & 7)) & (rowLength - 1);
      if (digit !== 0) addMixed(to, table + (window * rowLength + digit) * affineBytes, to);
    }
  };

  return {
    multiples(scalars, onPoints) {
      const points = new Uint8Array(scalars.length * affineBytes);
      for (let start = 0; start < scalars.length; start += BATCH) {
        const part = scalars.slice(start, start + BATCH);
        for (const [i, scalar] of part.entries()) multiply(scalar, jacobian + i * jacobianBytes);
        batchToAffine(jacobian, part.length, affine);
        points.set(tm.u8.subarray(affine, affine + part.length * affineBytes), start * affineBytes);
        onPoints?.(start + part.length);
      }
      return points;
    },
  };
}
