import { readUint256, viewOf, writeUint256 } from '../../src/groth16/bin-file.ts';
import { Arena } from '../../src/groth16/engine/arena.ts';
import { type Executor, inlineExecutor } from '../../src/groth16/engine/executor.ts';
import { ELEMENT_BYTES, type ProverKernel } from '../../src/groth16/engine/kernel.ts';
import {
  type CompiledKernel,
  chooseKernel,
  compileKernel,
  createMemory,
  instantiateKernel,
  type KernelVariant,
} from '../../src/groth16/engine/load-kernel.ts';
import type { ThreadPool } from '../../src/groth16/engine/thread-pool.ts';

/** The variants that compute rightly on this machine: without fused multiply-add only the second. */
export const variantsHere: readonly KernelVariant[] =
  (await chooseKernel()).variant === 'fma' ? ['fma', 'limbs'] : ['limbs'];

/** A kernel on a memory of its own, with its working memory set. */
export interface KernelBench {
  readonly compiled: CompiledKernel;
  readonly kernel: ProverKernel;
  readonly arena: Arena;
  readonly executor: Executor;
}

/** Enough for what tests do on threads. */
const SHARED_BYTES = 2 ** 26;

/** @param pool undefined: everything on the calling thread */
export async function openKernelBench(
  variant: KernelVariant,
  pool?: ThreadPool,
): Promise<KernelBench> {
  const compiled = await compileKernel(variant);
  const memory = createMemory();
  const kernel = instantiateKernel(compiled.module, memory);
  const arena = new Arena(memory, kernel.heapBase());
  const scratch = () => arena.allocate(kernel.scratchBytes());
  kernel.setScratch(scratch());
  const places = Array.from({ length: pool?.size ?? 0 }, () => scratch());
  // Threads get the memory when it has its size.
  const { mark } = arena;
  if (pool) arena.allocate(SHARED_BYTES);
  arena.release(mark);
  const executor = pool?.open(compiled.module, memory, places) ?? inlineExecutor(kernel);
  return { compiled, kernel, arena, executor };
}

/** Integers of 32 bytes, one after another. @returns their address */
export function putIntegers(arena: Arena, values: readonly bigint[]): number {
  const at = arena.allocate(32 * values.length);
  const view = viewOf(arena.bytes(at, 32 * values.length));
  for (const [i, value] of values.entries()) writeUint256(view, 32 * i, value);
  return at;
}

/** The inverse of {@link putIntegers}. */
export function takeIntegers(arena: Arena, at: number, count: number): bigint[] {
  const view = viewOf(arena.bytes(at, 32 * count));
  return Array.from({ length: count }, (_, i) => readUint256(view, 32 * i));
}

/** Elements of Fr, an even number of them. @returns their address */
export function putElements({ arena, kernel }: KernelBench, values: readonly bigint[]): number {
  const integers = putIntegers(arena, values);
  const at = arena.allocate(ELEMENT_BYTES * values.length);
  kernel.importScalars(at, integers, values.length, kernel.scalarFromInteger());
  return at;
}

/** The same as pairs of neighbours. */
export function putPairs(bench: KernelBench, values: readonly bigint[]): number {
  const elements = putElements(bench, values);
  const at = bench.arena.allocate(ELEMENT_BYTES * values.length);
  bench.kernel.pairUp(at, elements, values.length / 2, 1);
  return at;
}

/** Integers from pairs of neighbours: x · 1 − 0. */
export function takePairs(bench: KernelBench, at: number, count: number): bigint[] {
  const [ones, zeros] = [1n, 0n].map((value) => putPairs(bench, new Array(count).fill(value)));
  return quotient(bench, at, ones ?? 0, zeros ?? 0, count);
}

/** Integers a·b − c of pairs of neighbours. */
export function quotient(
  { arena, kernel }: KernelBench,
  a: number,
  b: number,
  c: number,
  count: number,
): bigint[] {
  const to = arena.allocate(32 * count);
  kernel.writeQuotient(to, a, b, c, count / 2);
  return takeIntegers(arena, to, count);
}
