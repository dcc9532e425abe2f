import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildPoseidon } from 'circomlibjs';
import * as plain from 'poseidon-lite';
import { FIELD_ORDER } from '../src/core/field.ts';
import type { Poseidon } from '../src/core/poseidon.ts';
import { buildEpoch } from '../src/ledger/build/build-epoch.ts';
import { poseidonBatch } from '../src/ledger/build/poseidon/poseidon-batch.ts';
import { loadPoseidonKernel } from '../src/ledger/build/poseidon/poseidon-kernel.ts';
import { circomlibPoseidon, wasmPoseidon } from '../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../src/ledger/build/rebuild-epoch-root.ts';
import { importFile } from '../src/ledger/import/import-file.ts';
import { readMapping } from '../src/ledger/import/mapping.ts';
import { toPepper } from '../src/ledger/person-hash.ts';
import { SAMPLE_END } from '../src/ledger/sample/person.ts';
import { writeSample } from '../src/ledger/sample/write-sample.ts';
import { openStore, type Store } from '../src/ledger/store/open-store.ts';

/**
 * `npm run bench -- poseidon`: hashes in batches on one thread, against circomlibjs in WebAssembly and
 * poseidon-lite, all in turn in this one run. Ratios are of medians.
 */
export interface PoseidonRow {
  readonly inputs: number;
  readonly variant: string;
  /** Microseconds of processor time and of wall time a hash, bytes in and out. */
  readonly cpuMicros: number;
  readonly wallMicros: number;
  /** How many times faster than circomlibjs, bytes in and out (its own Montgomery form). */
  readonly againstCircomlibjs: number;
  readonly againstCircomlibjsCpu: number;
  /** The same with bigints in and out, as the ledger hashes. */
  readonly againstCircomlibjsBigintCpu: number;
  readonly againstPoseidonLiteCpu: number;
}

const ROUNDS = 11;
const HASHES = 2000;
/** Enough of what is slow. */
const SOME_HASHES = 200;
const FEW_HASHES = 50;

interface Times {
  readonly wall: number[];
  readonly cpu: number[];
}

/** Microseconds a hash; each candidate once a round, in turn. */
function inTurn(
  candidates: Readonly<Record<string, readonly [hashes: number, run: () => void]>>,
): Record<string, { wall: number; cpu: number }> {
  const times = new Map<string, Times>(
    Object.keys(candidates).map((name) => [name, { wall: [], cpu: [] }]),
  );
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, [hashes, run]] of Object.entries(candidates)) {
      const [wall, cpu] = [performance.now(), process.cpuUsage()];
      run();
      const used = process.cpuUsage(cpu);
      if (round === 0) continue; // warming up
      times.get(name)?.wall.push(((performance.now() - wall) * 1000) / hashes);
      times.get(name)?.cpu.push((used.user + used.system) / hashes);
    }
  }
  return Object.fromEntries(
    [...times].map(([name, { wall, cpu }]) => [name, { wall: median(wall), cpu: median(cpu) }]),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function measureHashes(): Promise<PoseidonRow[]> {
  const rows: PoseidonRow[] = [];
  const peer = await buildPoseidon();
  for (const variant of ['fma', 'limbs'] as const) {
    const kernel = await loadPoseidonKernel(variant);
    if (!kernel) continue;
    const batch = poseidonBatch(kernel);
    for (const inputs of [2, 4, 12]) {
      const values = someElements(HASHES * inputs);
      const bytes = littleEndian(values);
      const messages = Array.from({ length: HASHES }, (_, i) =>
        values.slice(i * inputs, (i + 1) * inputs),
      );
      const encoded = messages.map((message) => joined(message.map((value) => peer.F.e(value))));
      const lite = (plain as unknown as Record<string, (inputs: bigint[]) => bigint>)[
        `poseidon${inputs}`
      ];
      const taken = inTurn({
        own: [HASHES, () => batch.hashBytes(bytes, inputs)],
        peer: [HASHES, () => encoded.forEach((message) => void peer(message))],
        ownBigint: [HASHES, () => batch.hashMany(values, inputs)],
        peerBigint: [
          SOME_HASHES,
          () => {
            for (const message of messages.slice(0, SOME_HASHES)) peer.F.toObject(peer(message));
          },
        ],
        lite: [
          FEW_HASHES,
          () => {
            for (const message of messages.slice(0, FEW_HASHES)) lite?.(message);
          },
        ],
      });
      const wall = (name: string) => taken[name]?.wall ?? 0;
      const cpu = (name: string) => taken[name]?.cpu ?? 0;
      rows.push({
        inputs,
        variant,
        cpuMicros: cpu('own'),
        wallMicros: wall('own'),
        againstCircomlibjs: wall('peer') / wall('own'),
        againstCircomlibjsCpu: cpu('peer') / cpu('own'),
        againstCircomlibjsBigintCpu: cpu('peerBigint') / cpu('ownBigint'),
        againstPoseidonLiteCpu: cpu('lite') / cpu('own'),
      });
    }
  }
  return rows;
}

function someElements(count: number): bigint[] {
  const values: bigint[] = [];
  for (let value = 3n; values.length < count; value = (value * value + 1n) % FIELD_ORDER) {
    values.push(value);
  }
  return values;
}

function littleEndian(values: readonly bigint[]): Uint8Array {
  return joined(
    values.map((value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse()),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Accounts a second of a root out of the records, with either hash in turn. */
export interface EpochRate {
  readonly people: number;
  /** Rows of contributions. */
  readonly records: number;
  /** Of processor time, the embedded database's included. */
  readonly accountsPerSecond: number;
  readonly accountsPerSecondCircomlibjs: number;
  readonly ratio: number;
}

const PEOPLE = 100;
const EPOCH_ROUNDS = 3;

async function measureEpoch(): Promise<EpochRate> {
  const folder = await mkdtemp(join(tmpdir(), 'canbao-bench-'));
  try {
    await writeSample({ people: PEOPLE, seed: 1, folder });
    const store = await openStore();
    const rows = await importSample(store, folder);
    const hashes = { own: await wasmPoseidon(), peer: await circomlibPoseidon() };
    await buildEpoch(store, { month: SAMPLE_END, hash: hashes.own });
    const times = { own: [] as number[], peer: [] as number[] };
    for (let round = 0; round <= EPOCH_ROUNDS; round++) {
      for (const name of ['own', 'peer'] as const) {
        const taken = await secondsToRebuild(store, hashes[name]);
        if (round > 0) times[name].push(taken);
      }
    }
    await store.close();
    const [own, peer] = [median(times.own), median(times.peer)];
    return {
      people: PEOPLE,
      records: rows,
      accountsPerSecond: PEOPLE / own,
      accountsPerSecondCircomlibjs: PEOPLE / peer,
      ratio: peer / own,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function secondsToRebuild(store: Store, hash: Poseidon): Promise<number> {
  const start = process.cpuUsage();
  await rebuildEpochRoot(store, { month: SAMPLE_END, hash });
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1e6;
}

/** @returns rows of contributions */
async function importSample(store: Store, folder: string): Promise<number> {
  const pepper = toPepper(new Uint8Array(32).fill(7));
  let rows = 0;
  for (const city of ['xiamen', 'fuzhou']) {
    for (const kind of ['persons', 'contributions']) {
      const mapping = await readMapping(`demo/mappings/${city}-${kind}.json`);
      const file = join(folder, city, `${kind}.csv`);
      const { batch } = await importFile(store, { file, mapping, pepper, present: SAMPLE_END });
      if (kind === 'contributions') rows += batch.rows;
    }
  }
  return rows;
}

export async function run(args: readonly string[]): Promise<unknown> {
  const hashes = await measureHashes();
  const epoch = await measureEpoch();
  if (!args.includes('--json')) {
    console.table(hashes);
    console.table([epoch]);
  }
  return { hashes, epoch };
}
