import { afterEach, expect, test } from 'vitest';
import type { Executor } from '../../../src/groth16/engine/executor.ts';
import { compileKernel, createMemory } from '../../../src/groth16/engine/load-kernel.ts';
import { ThreadPool } from '../../../src/groth16/engine/thread-pool.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const { module } = await compileKernel('limbs');

let pool: ThreadPool;
const open = (threads: number): Executor => {
  pool = new ThreadPool(threads);
  return pool.open(
    module,
    createMemory(),
    Array.from({ length: threads }, () => 131_072),
  );
};
afterEach(() => pool.end());

test('every job is answered with its own results, more of them than threads', async () => {
  const { run } = open(3);
  await pool.ready;
  const [base] = await run([['heapBase']]);
  const [scratch] = await run([['scratchBytes']]);
  expect(base).toBeGreaterThan(0);
  const jobs = Array.from({ length: 50 }, (_, i) =>
    i % 2 ? ('heapBase' as const) : ('scratchBytes' as const),
  );
  const answers = await Promise.all(jobs.map((name) => run([[name], ['setScratch', 64], [name]])));
  expect(answers).toEqual(
    jobs.map((name) => {
      const value = name === 'heapBase' ? base : scratch;
      return [value, 0, value];
    }),
  );
});

test('a call that traps fails with a code, and the thread works on', async () => {
  const { run } = open(1);
  // Far out of the memory's bounds.
  const trap = run([['powers', 2 ** 30, 8, 2 ** 30, 2 ** 30]]);
  await expect(trap).rejects.toThrow(code('prove.failed'));
  await expect(run([['heapBase']])).resolves.toHaveLength(1);
});

test('memories do not see each other; a closed one refuses work', async () => {
  const first = open(2);
  const second = pool.open(module, createMemory(), [131_072, 131_072]);
  await first.close();
  await expect(first.run([['heapBase']])).rejects.toThrow(code('prove.failed'));
  await expect(second.run([['heapBase']])).resolves.toHaveLength(1);
});

test('ended, it aborts what runs and waits, and what comes later', async () => {
  const { run } = open(1);
  const jobs = [1, 2, 3].map(() => run([['heapBase']]));
  const aborted = Promise.all(
    jobs.map((job) => expect(job).rejects.toThrow(code('prove.aborted'))),
  );
  await pool.end();
  await aborted;
  await expect(run([['heapBase']])).rejects.toThrow(code('prove.aborted'));
  expect(pool.isBroken).toBe(false);
});

test('a thread that stops of itself fails all work, then and later', async () => {
  const { run } = open(2);
  await pool.ready;
  pool.open('no module' as never, createMemory(), [0, 0]);
  await expect(run([['heapBase']]).then(() => run([['heapBase']]))).rejects.toThrow(
    code('prove.failed'),
  );
  expect(pool.isBroken).toBe(true);
  await expect(run([['heapBase']])).rejects.toThrow(code('prove.failed'));
});
