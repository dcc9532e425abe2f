import { bn254 } from '@noble/curves/bn254.js';
import { writeUint256 } from '../../src/groth16/bin-file.ts';
import {
  type Group,
  pointBytes,
  projectiveBytes,
  storedPointBytes,
} from '../../src/groth16/engine/kernel.ts';
import {
  fillTable,
  type MultiScalar,
  multiply,
  recode,
  type Windows,
  windowsFor,
  workspaceFor,
} from '../../src/groth16/engine/multi-scalar.ts';
import { type KernelBench, putIntegers, takeIntegers } from './kernel-bench.ts';

const { Fp: Fq, Fr } = bn254.fields;
const MONTGOMERY = Fq.create(1n << 256n);

/** `log · G` of a group, with its logarithm known: sums can be told from logarithms alone. */
export interface KnownPoint {
  readonly log: bigint;
  /** x, y in G1; x.c0, x.c1, y.c0, y.c1 in G2; zeros at infinity. */
  readonly coordinates: readonly bigint[];
}

/** By noble. */
export function knownPoint(group: Group, log: bigint): KnownPoint {
  const scalar = Fr.create(log);
  if (scalar === 0n) return { log: 0n, coordinates: new Array(2 * group).fill(0n) };
  if (group === 1) {
    const { x, y } = bn254.G1.Point.BASE.multiply(scalar).toAffine();
    return { log: scalar, coordinates: [x, y] };
  }
  const { x, y } = bn254.G2.Point.BASE.multiply(scalar).toAffine();
  return { log: scalar, coordinates: [x.c0, x.c1, y.c0, y.c1] };
}

/** As zkeys hold points: coordinates x·2^256. */
export function storedPoints(group: Group, points: readonly KnownPoint[]): Uint8Array {
  const bytes = new Uint8Array(points.length * storedPointBytes(group));
  const view = new DataView(bytes.buffer);
  const words = points.flatMap(({ coordinates }) => coordinates);
  for (const [i, word] of words.entries()) writeUint256(view, 32 * i, Fq.mul(word, MONTGOMERY));
  return bytes;
}

/** Σ scalar · point on the kernel. @returns the address of the sum, projective */
export async function kernelSum(
  bench: KernelBench,
  group: Group,
  points: readonly KnownPoint[],
  scalars: readonly bigint[],
  cut: Windows = windowsFor(scalars.length, false),
): Promise<number> {
  const { arena, kernel, executor } = bench;
  const stored = storedPoints(group, points);
  const source = arena.allocate(stored.length);
  arena.bytes(source, stored.length).set(stored);
  const levels = cut.windows / cut.sets;
  const one: MultiScalar = {
    group,
    wires: arena.allocate(4 * points.length),
    table: arena.allocate(levels * points.length * pointBytes(group)),
    result: arena.allocate(projectiveBytes(group)),
    count: 0,
    ...cut,
  };
  const count = kernel[`importPoints${group}`](one.table, one.wires, source, points.length, 0);
  const taken = { ...one, count };
  await fillTable(taken, executor);
  const digits = arena.allocate(2 * cut.windows * scalars.length);
  const integers = putIntegers(arena, scalars);
  await executor.run([recode(cut, digits, integers, scalars.length)]);
  await multiply(taken, digits, workspaceFor(arena, [taken]), executor, arena);
  return one.result;
}

/** Coordinates of a projective point, as a {@link KnownPoint} has them. */
export function affine({ arena, kernel }: KernelBench, group: Group, point: number): bigint[] {
  const to = arena.allocate(storedPointBytes(group));
  kernel[`writeAffine${group}`](to, point);
  return takeIntegers(arena, to, 2 * group);
}

/** The same sum from the logarithms, by noble. */
export function knownSum(
  group: Group,
  points: readonly KnownPoint[],
  scalars: readonly bigint[],
): readonly bigint[] {
  const log = points.reduce(
    (sum, point, i) => Fr.add(sum, Fr.mul(point.log, scalars[i] ?? 0n)),
    0n,
  );
  return knownPoint(group, log).coordinates;
}
