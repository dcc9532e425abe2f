import * as F from './coordinate';
import { temporary } from '../scratch';

/** Bytes of a point in files, and here. */
const STORED: usize = 2 * F.STORED_BYTES;
const POINT: usize = 2 * F.ELEMENT_BYTES;

/**
 * Points of a zkey (coordinates x·2^256) that are not at infinity, in their order.
 * @param wires u32[count]: the index of each point taken
 * @returns how many were taken
 */
export function importPoints(dst: usize, wires: usize, src: usize, count: u32, firstWire: u32): u32 {
  const t = temporary(0), y = temporary(2);
  let taken: u32 = 0;
  for (let i: u32 = 0; i < count; i++, src += STORED) {
    if (isZero(src)) continue;
    F.split(t, src, src + F.STORED_BYTES);
    F.scale(y, t, F.FROM_STORED);
    F.norm(y, y);
    F.store2(dst, dst + F.ELEMENT_BYTES, y);
    dst += POINT;
    store<u32>(wires, firstWire + i);
    wires += 4;
    taken++;
  }
  return taken;
}

/** dst = λ·src for each point: the endomorphism (x, y) → (β·x, y). dst may be src. */
export function mapPoints(dst: usize, src: usize, count: u32): void {
  const x = temporary(0);
  for (let i: u32 = 0; i < count; i++, dst += POINT, src += POINT) {
    F.load2(x, src, src);
    F.scale(x, x, F.ENDOMORPHISM);
    F.norm(x, x);
    F.store2(dst, dst, x);
    memory.copy(dst + F.ELEMENT_BYTES, src + F.ELEMENT_BYTES, F.ELEMENT_BYTES);
  }
}

function isZero(src: usize): bool {
  let any: u64 = 0;
  for (let i: usize = 0; i < STORED; i += 8) any |= load<u64>(src + i);
  return any == 0;
}
