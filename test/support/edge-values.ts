import type { Random } from './random.ts';

/** Values of a prime field where arithmetic on limbs goes wrong if it does. */
export function edgeValues(prime: bigint): bigint[] {
  const half = prime / 2n;
  const powers = Array.from({ length: 254 }, (_, k) => 1n << BigInt(k));
  const limbs = [29n, 51n].flatMap((bits) =>
    [1n, 2n, 3n, 4n, 5n].map((count) => 1n << (bits * count - 1n)),
  );
  const near = [0n, prime, half, prime / 3n, (1n << 253n) - 1n, ...limbs].flatMap((value) =>
    [-2n, -1n, 0n, 1n, 2n].map((step) => value + step),
  );
  const all = [...near, ...powers, ...powers.map((value) => prime - value)];
  return [...new Set(all.filter((value) => value >= 0n && value < prime))];
}

/** Below the prime: one in three an edge, the rest random. */
export function fieldValues(count: number, prime: bigint, random: Random): bigint[] {
  const edges = edgeValues(prime);
  return Array.from({ length: count }, () =>
    random.int(0, 2) === 0 ? random.pick(edges) : random.bits(320) % prime,
  );
}
