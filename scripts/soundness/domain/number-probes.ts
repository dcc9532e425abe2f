/** Up to this greatest value, every value is tried. */
const NARROW = 15n;

/** Values of a field of a packed word worth trying, in [0, max] and other than `value`. */
export function numberProbes(value: bigint, max: bigint): bigint[] {
  const candidates =
    max <= NARROW
      ? Array.from({ length: Number(max) + 1 }, (_, i) => BigInt(i))
      : [0n, 1n, value - 1n, value + 1n, value ^ 1n, (max + 1n) / 2n, max - 1n, max];
  return [...new Set(candidates)].filter(
    (candidate) => candidate !== value && candidate >= 0n && candidate <= max,
  );
}
