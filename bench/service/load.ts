import autocannon from 'autocannon';

export interface LoadOptions {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly connections: number;
  readonly seconds: number;
  /** Seconds at the start in which what is sent does not count: all connections are new then. */
  readonly rampSeconds?: number;
  /** Requests a second over all connections; without it as fast as they are answered. */
  readonly rate?: number;
}

/** Times in ms, of answers that were good. */
export interface LoadFigures {
  readonly goodPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Connections that broke or got no answer in time. */
  readonly errors: number;
}

/** Asks for one thing again and again over kept connections. */
export async function load(options: LoadOptions): Promise<LoadFigures> {
  const { url, method = 'POST', headers = {}, body, connections, seconds, rate } = options;
  const { rampSeconds = 0 } = options;
  const good: number[] = [];
  const byStatus = new Map<number, number>();
  const started = performance.now() + rampSeconds * 1000;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        ...{ url, method, connections, duration: rampSeconds + seconds, timeout: 30 },
        headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
        ...(body && { body }),
        ...(rate && { overallRate: rate }),
      },
      (error, done) => (error ? reject(error) : resolve(done)),
    );
    instance.on('response', (_client, status, _bytes, ms) => {
      if (performance.now() - ms < started) return;
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
      if (status < 300) good.push(ms);
    });
  });
  const elapsed = (performance.now() - started) / 1000;
  good.sort((a, b) => a - b);
  const at = (share: number) =>
    good[Math.min(good.length - 1, Math.floor(share * good.length))] ?? 0;
  return {
    goodPerSecond: good.length / elapsed,
    ...{ p50: at(0.5), p99: at(0.99) },
    byStatus: Object.fromEntries([...byStatus].sort(([a], [b]) => a - b)),
    errors: result.errors + result.timeouts,
  };
}
