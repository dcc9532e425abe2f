import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { compactKeyParts, decodeCompactKey } from '../src/groth16/compact-key/decode.ts';
import { encodeCompactKey } from '../src/groth16/compact-key/encode.ts';
import { openEngine } from '../src/groth16/engine/engine.ts';
import { type CompiledKernel, chooseKernel } from '../src/groth16/engine/load-kernel.ts';
import { availableThreads } from '../src/groth16/engine/thread.ts';
import { ThreadPool } from '../src/groth16/engine/thread-pool.ts';
import type { ProvingKeyParts } from '../src/groth16/proving-key.ts';
import { provingKeyParts } from '../src/groth16/zkey.ts';
import { openKeyStore } from '../src/keys/key-store.ts';
import { statementRegistry } from '../src/statements/registry.ts';

/**
 * `npm run bench -- keys`: compact keys against their zkeys. Sizes are exact; times are on one thread
 * unless said, with ratios to gzip and to loading the zkey into the engine, taken in this one run.
 */
export interface KeyCosts {
  readonly statement: string;
  readonly zkeyBytes: number;
  readonly compactBytes: number;
  readonly compactToZkey: number;
  /** The zkey by gzip, for comparison. */
  readonly gzipToZkey: number;
  /** Milliseconds, medians. */
  readonly encode: number;
  readonly decode: number;
  /** Into the engine, from bytes in memory to ready for a proof. */
  readonly load: number;
  readonly loadOnThreads: number;
  readonly encodeToGzip: number;
  readonly decodeToZkeyLoad: number;
  readonly loadToZkeyLoad: number;
}

const ROUNDS = 3;

async function median(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

async function measure(
  statement: string,
  zkey: Uint8Array,
  kernel: CompiledKernel,
  threads: ThreadPool,
): Promise<KeyCosts> {
  const open = async (parts: ProvingKeyParts, pool?: ThreadPool) =>
    (await openEngine(parts, kernel, pool, false)).close();
  const compact = await encodeCompactKey(zkey);
  const zipped = gzipSync(zkey);
  const [encode, gzip, decode, load, loadOnThreads, zkeyLoad] = [
    await median(() => encodeCompactKey(zkey)),
    await median(() => gzipSync(zkey)),
    await median(() => decodeCompactKey(compact, { kernel })),
    await median(async () => open(await compactKeyParts(compact, { kernel }))),
    await median(async () => {
      await open(await compactKeyParts(compact, { kernel, pool: threads }), threads);
    }),
    await median(() => open(provingKeyParts(zkey))),
  ];
  return {
    statement,
    zkeyBytes: zkey.length,
    compactBytes: compact.length,
    compactToZkey: compact.length / zkey.length,
    gzipToZkey: zipped.length / zkey.length,
    ...{ encode, decode, load, loadOnThreads },
    encodeToGzip: encode / gzip,
    decodeToZkeyLoad: decode / zkeyLoad,
    loadToZkeyLoad: load / zkeyLoad,
  };
}

export function keysTable(rows: readonly KeyCosts[], threads: number): string {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const ms = (time: number, ratio?: number) =>
    `${time.toFixed(0)} ms${ratio === undefined ? '' : ` (${ratio.toFixed(1)} ×)`}`;
  return [
    `| statement | zkey | compact key | share | by gzip | encode (÷ gzip) | decode (÷ zkey load) | load (÷ zkey load) | load, ${threads} threads |`,
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| \`${row.statement}\` | ${mb(row.zkeyBytes)} | ${mb(row.compactBytes)} | ${percent(row.compactToZkey)} | ${percent(row.gzipToZkey)} | ${ms(row.encode, row.encodeToGzip)} | ${ms(row.decode, row.decodeToZkeyLoad)} | ${ms(row.load, row.loadToZkeyLoad)} | ${ms(row.loadOnThreads)} |`,
    ),
  ].join('\n');
}

export async function run(args: readonly string[]): Promise<unknown> {
  const keys = openKeyStore({ production: false });
  const kernel = await chooseKernel();
  const pool = new ThreadPool(availableThreads());
  const rows: KeyCosts[] = [];
  try {
    for (const { name } of statementRegistry.all()) {
      rows.push(
        await measure(name, (await (await keys.get(name)).snarkjsFiles()).zkey, kernel, pool),
      );
    }
    if (!args.includes('--json')) console.log(keysTable(rows, pool.size));
    return rows;
  } finally {
    await pool.end();
  }
}
