import type { ProverKernel } from './kernel.ts';

/** One call of the kernel: an export by name, and numbers. */
export type Call = readonly [name: keyof ProverKernel, ...args: number[]];

/** Runs calls on one thread or several that share a memory. */
export interface Executor {
  readonly threads: number;
  /** Runs the calls one after another on one thread. @returns what each returned @throws prove.failed */
  run(calls: readonly Call[]): Promise<number[]>;
  close(): Promise<void>;
}

function runCalls(kernel: ProverKernel, calls: readonly Call[]): number[] {
  return calls.map(([name, ...args]) => {
    const call = kernel[name] as (...args: number[]) => number | undefined;
    return call(...args) ?? 0;
  });
}

/** Everything on the calling thread; others get a turn between runs. */
export function inlineExecutor(kernel: ProverKernel): Executor {
  return {
    threads: 1,
    run: async (calls) => {
      await new Promise((resolve) => setTimeout(resolve));
      return runCalls(kernel, calls);
    },
    close: async () => {},
  };
}
