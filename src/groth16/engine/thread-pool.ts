import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Call, Executor } from './executor.ts';
import { startThread, type Thread } from './thread.ts';

interface Job {
  readonly id: number;
  readonly calls: readonly Call[];
  readonly resolve: (results: number[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Seat {
  readonly thread: Thread;
  job: Job | undefined;
}

/** Long-lived threads for any number of memories; each runs one job at a time, in the order given. */
export class ThreadPool {
  readonly #seats: Seat[] = [];
  readonly #queue: Job[] = [];
  #lastId = 0;

  /** @throws Error where threads cannot be started */
  constructor(threads: number) {
    for (let i = 0; i < threads; i++) {
      const seat: Seat = { thread: startThread(), job: undefined };
      seat.thread.onMessage(({ error, ...answer }) => {
        const { job } = seat;
        seat.job = undefined;
        seat.thread.hold(false);
        if (error !== undefined) job?.reject(failed(error));
        else job?.resolve((answer as { results: number[] }).results);
        this.#next();
      });
      seat.thread.onError((error) => this.#fail(failed(String(error))));
      this.#seats.push(seat);
    }
  }

  get size(): number {
    return this.#seats.length;
  }

  /**
   * An instance of the kernel on every thread.
   * @param scratch an address for each thread
   * @throws DataCloneError where the memory may not be shared with other threads
   */
  open(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    scratch: readonly number[],
  ): Executor {
    const id = ++this.#lastId;
    for (const [i, { thread }] of this.#seats.entries()) {
      thread.post({ open: { id, module, memory, scratch: scratch[i] } });
    }
    return {
      threads: this.size,
      run: (calls) =>
        new Promise((resolve, reject) => {
          this.#queue.push({ id, calls, resolve, reject });
          this.#next();
        }),
      close: async () => {
        for (const { thread } of this.#seats) thread.post({ close: id });
      },
    };
  }

  async end(): Promise<void> {
    this.#fail(new CanbaoError('prove.aborted'));
    await Promise.all(this.#seats.splice(0).map(({ thread }) => thread.end()));
  }

  #next(): void {
    for (const seat of this.#seats) {
      if (seat.job) continue;
      const job = this.#queue.shift();
      if (!job) return;
      seat.job = job;
      seat.thread.hold(true);
      seat.thread.post({ id: job.id, calls: job.calls });
    }
  }

  #fail(error: CanbaoError): void {
    const jobs = [...this.#seats.flatMap(({ job }) => job ?? []), ...this.#queue.splice(0)];
    for (const seat of this.#seats) seat.job = undefined;
    for (const job of jobs) job.reject(error);
  }
}

function failed(reason: string): CanbaoError {
  return new CanbaoError('prove.failed', { reason });
}
