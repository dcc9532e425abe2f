/**
 * Signed digits of scalars in base 2^width, in [−2^(width−1) + 1, 2^(width−1)]: i16[windows] a scalar,
 * lowest first.
 * @param scalars integers of 32 bytes below 2^254
 * @param windows windows·width ≥ 255
 */
export function recode(dst: usize, scalars: usize, count: u32, width: u32, windows: u32): void {
  for (let i: u32 = 0; i < count; i++, scalars += 32, dst += windows << 1) {
    writeDigits(dst, scalars, width, windows, 1);
  }
}

/** The digits of one scalar times `sign`, which is 1 or −1. */
export function writeDigits(dst: usize, scalar: usize, width: u32, windows: u32, sign: i32): void {
  const half: i32 = 1 << (width - 1);
  const mask: u32 = (1 << width) - 1;
  const w0 = load<u64>(scalar);
  // Half of all wires are 0 or 1.
  if ((load<u64>(scalar, 8) | load<u64>(scalar, 16) | load<u64>(scalar, 24)) == 0 && w0 < <u64>half) {
    store<i16>(dst, <i16>(<i32>w0 * sign));
    memory.fill(dst + 2, 0, (windows - 1) << 1);
    return;
  }
  let carry: i32 = 0;
  for (let w: u32 = 0; w < windows; w++, dst += 2) {
    const bit = w * width, word = bit >> 6, shift = bit & 63;
    let value: u64 = 0;
    if (word < 4) {
      value = load<u64>(scalar + (word << 3)) >> shift;
      if (shift + width > 64 && word < 3) value |= load<u64>(scalar + (word << 3), 8) << (64 - shift);
    }
    let digit = <i32>(<u32>value & mask) + carry;
    carry = digit > half ? 1 : 0;
    digit -= carry << width;
    store<i16>(dst, <i16>(digit * sign));
  }
}

/**
 * Sorts every digit but 0 into its bucket: list `set·2^(width−1) + |digit| − 1`, where window w belongs
 * to table level w / sets and to set w % sets.
 * @param wires u32[count]: which scalar each point goes with
 * @param table points, level by level, `count` of `pointBytes` each
 * @param entries u32: addresses of points, the sign in the lowest bit
 * @param starts u32[lists + 2]
 * @returns the number of entries
 */
export function sortDigits(
  digits: usize, windows: u32, width: u32, sets: u32,
  wires: usize, count: u32, table: usize, pointBytes: u32,
  entries: usize, starts: usize,
): u32 {
  const lists = sets << (width - 1);
  memory.fill(starts, 0, (<usize>lists + 2) << 2);
  for (let i: u32 = 0; i < count; i++) {
    const row = digits + <usize>(load<u32>(wires + ((<usize>i) << 2)) * windows) * 2;
    for (let w: u32 = 0, set: u32 = 0; w < windows; w++) {
      const digit = <i32>load<i16>(row + ((<usize>w) << 1));
      if (digit != 0) {
        const list = (set << (width - 1)) + <u32>abs<i32>(digit) - 1;
        const at = starts + ((<usize>list + 2) << 2);
        store<u32>(at, load<u32>(at) + 1);
      }
      if (++set == sets) set = 0;
    }
  }
  let sum: u32 = 0;
  for (let list: u32 = 0; list < lists; list++) {
    const at = starts + ((<usize>list + 2) << 2);
    sum += load<u32>(at);
    store<u32>(at, sum);
  }
  for (let i: u32 = 0; i < count; i++) {
    const row = digits + <usize>(load<u32>(wires + ((<usize>i) << 2)) * windows) * 2;
    let point = <u32>table + i * pointBytes;
    for (let w: u32 = 0, set: u32 = 0; w < windows; w++) {
      const digit = <i32>load<i16>(row + ((<usize>w) << 1));
      if (digit != 0) {
        const list = (set << (width - 1)) + <u32>abs<i32>(digit) - 1;
        const at = starts + ((<usize>list + 1) << 2);
        const entry = load<u32>(at);
        store<u32>(at, entry + 1);
        store<u32>(entries + ((<usize>entry) << 2), point | <u32>(digit < 0));
      }
      if (++set == sets) {
        set = 0;
        point += count * pointBytes;
      }
    }
  }
  return sum;
}
