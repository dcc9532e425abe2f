import { performance } from 'node:perf_hooks';

/** Medians of one call: of the clock, and of all threads of the process together. */
export interface Timing {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const WARM_UP = 5;

/** Times several ways in turn, so that a busy machine is busy for all of them. */
export async function measure<Name extends string>(
  rounds: number,
  ways: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, Timing>> {
  const entries = Object.entries(ways) as [Name, () => unknown][];
  const samples = new Map(entries.map(([name]) => [name, [] as Timing[]]));
  for (const [, run] of entries) for (let i = 0; i < WARM_UP; i++) await run();
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of entries) samples.get(name)?.push(await once(run));
  }
  const medians = entries.map(([name]) => [name, medianOf(samples.get(name) ?? [])]);
  return Object.fromEntries(medians) as Record<Name, Timing>;
}

/** How many times faster `own` is than `peer`. */
export function timesFaster(peer: Timing, own: Timing) {
  return { fasterByWall: peer.wallMs / own.wallMs, fasterByCpu: peer.cpuMs / own.cpuMs };
}

async function once(run: () => unknown): Promise<Timing> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

function medianOf(timings: readonly Timing[]): Timing {
  const middle = (of: (timing: Timing) => number) =>
    timings.map(of).sort((a, b) => a - b)[timings.length >> 1] ?? 0;
  return { wallMs: middle(({ wallMs }) => wallMs), cpuMs: middle(({ cpuMs }) => cpuMs) };
}
