import { BATCH, GATHERED, scratch } from '../scratch';
import { runBatch, setJob } from './batch';
import { copySigned, ELEMENT_BYTES } from './coordinate';

const POINT: usize = 2 * ELEMENT_BYTES;

/** Where the sum of a list will be: lists are summed in place, each in half its length. */
// @ts-ignore: decorator
@inline export function sumAddress(sums: usize, starts: usize, list: u32): usize {
  return sums + <usize>((load<u32>(starts + ((<usize>list) << 2)) + list + 1) >> 1) * POINT;
}

// @ts-ignore: decorator
@inline export function listLength(starts: usize, list: u32): u32 {
  const at = starts + ((<usize>list) << 2);
  return load<u32>(at, 4) - load<u32>(at);
}

/**
 * Sums lists `from` … `to − 1` of points: in rounds, each adding neighbours, so that no addition of a
 * round depends on another.
 * @param entries u32: addresses of points, the sign in the lowest bit
 * @param starts u32[lists + 1]: index of each list's first entry
 * @param sums room for (entries + lists) / 2 + 1 points
 */
export function sumLists(entries: usize, starts: usize, sums: usize, from: u32, to: u32): void {
  const gathered = scratch(GATHERED);
  let longest: u32 = 0;
  let jobs: u32 = 0;
  for (let list = from; list < to; list++) {
    const length = listLength(starts, list);
    if (length > longest) longest = length;
    if (length == 0) continue;
    let entry = entries + ((<usize>load<u32>(starts + ((<usize>list) << 2))) << 2);
    let dst = sumAddress(sums, starts, list);
    // An odd one out stays in front, where no later addition writes.
    if (length & 1) {
      copyEntry(dst, load<u32>(entry));
      dst += POINT;
      entry += 4;
    }
    for (let i: u32 = length >> 1; i > 0; i--) {
      // Copied first: the processor fetches many copies at once, but few operands of additions.
      const a = gathered + <usize>(jobs << 1) * POINT;
      copyEntry(a, load<u32>(entry));
      copyEntry(a + POINT, load<u32>(entry, 4));
      setJob(jobs++, dst, a, a + POINT);
      dst += POINT;
      entry += 8;
      if (jobs == BATCH) {
        runBatch(jobs);
        jobs = 0;
      }
    }
  }
  runBatch(jobs);
  for (let round: u32 = 1; (longest - 1) >> round > 0 && longest > 0; round++) {
    sumRound(starts, sums, from, to, round);
  }
}

/** The point of an entry, negated if its lowest bit is set. */
// @ts-ignore: decorator
@inline function copyEntry(dst: usize, entry: u32): void {
  const point = <usize>(entry & ~1);
  copySigned(dst, point, 0);
  copySigned(dst + ELEMENT_BYTES, point + ELEMENT_BYTES, entry & 1);
}

function sumRound(starts: usize, sums: usize, from: u32, to: u32, round: u32): void {
  let jobs: u32 = 0;
  for (let list = from; list < to; list++) {
    const length = (listLength(starts, list) + (<u32>1 << round) - 1) >> round;
    if (length < 2) continue;
    let dst = sumAddress(sums, starts, list);
    let source = dst;
    if (length & 1) {
      dst += POINT;
      source += POINT;
    }
    for (let i: u32 = length >> 1; i > 0; i--) {
      setJob(jobs++, dst, source, source + POINT);
      dst += POINT;
      source += 2 * POINT;
      if (jobs == BATCH) {
        runBatch(jobs);
        jobs = 0;
      }
    }
  }
  runBatch(jobs);
}
