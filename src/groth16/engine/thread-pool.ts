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
  #over: CanbaoError | undefined;
  #hasStarted = false;
  #isBroken = false;
  /** Once every thread has answered. @throws prove.failed where they cannot start */
  readonly ready: Promise<void>;

  /** @throws Error where threads cannot be started, unless they tell only later: see `ready` */
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
      seat.thread.onError((error) => this.#break(failed(reasonOf(error))));
      this.#seats.push(seat);
    }
    this.ready = Promise.all(this.#seats.map(() => this.#run(0, []))).then(() => {
      this.#hasStarted = true;
    });
    this.ready.catch(() => {});
  }

  get size(): number {
    return this.#seats.length;
  }

  /** Whether a thread stopped of itself: the pool is of no more use. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Whether its threads could not be started. */
  get isRefused(): boolean {
    return this.#isBroken && !this.#hasStarted;
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
      run: (calls) => this.#run(id, calls),
      close: async () => {
        for (const { thread } of this.#seats) thread.post({ close: id });
      },
    };
  }

  /** Jobs not done are aborted, and so are any that come later. */
  end(): Promise<void> {
    return this.#end(new CanbaoError('prove.aborted'));
  }

  #run(id: number, calls: readonly Call[]): Promise<number[]> {
    return new Promise((resolve, reject) => {
      if (this.#over) {
        reject(this.#over);
        return;
      }
      this.#queue.push({ id, calls, resolve, reject });
      this.#next();
    });
  }

  #break(error: CanbaoError): void {
    this.#isBroken = true;
    this.#end(error).catch(() => {});
  }

  async #end(error: CanbaoError): Promise<void> {
    this.#over ??= error;
    this.#fail(error);
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

/** An Error of Node, an ErrorEvent of a browser. */
function reasonOf(error: unknown): string {
  return (error as { message?: string }).message ?? String(error);
}

function failed(reason: string): CanbaoError {
  return new CanbaoError('prove.failed', { reason });
}
