import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import type { Address } from 'viem';
import { connectChain } from '../../src/chain/connection.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { toMonthIndex } from '../../src/core/month.ts';
import { closeEpoch } from '../../src/jobs/close-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { openStore } from '../../src/ledger/store/open-store.ts';
import { authoritiesOn } from '../../test/jobs/closing.ts';

/** One line on standard input: a month to close. */
export interface RaceOrder {
  readonly registry: Address;
  readonly month: number;
  readonly wait: boolean;
  /** Milliseconds to hesitate. */
  readonly delay: number;
}

/** One line on standard output: what became of it. */
export interface RaceOutcome {
  /** `closed`, or the code of an error. */
  readonly outcome: string;
  readonly root: string;
  /** From first to last use of the lock, in ms of the machine's clock; absent where it was refused. */
  readonly from?: number;
  readonly to?: number;
}

// A process of its own that closes months as it is told: node race-closer.ts URL SCHEMA INDEX
const [url = '', schema = '', index = '0'] = process.argv.slice(2);
const databaseUrl = process.env.DATABASE_URL;
const hash = await wasmPoseidon();
const store = await openStore({ databaseUrl, schema });
const chain = await connectChain(url, { pollingInterval: 20 });
const signers = authoritiesOn(store, hash);
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  const { registry, month, wait, delay } = JSON.parse(line) as RaceOrder;
  await setTimeout(delay);
  const times: { from?: number; to?: number } = {};
  try {
    const closed = await closeEpoch({
      ...{ store, signers, hash, wait },
      registry: { chain, address: registry },
      submitter: embeddedAccount(Number(index)),
      month: toMonthIndex(month),
      onProgress: () => {
        times.from ??= now();
        times.to = now();
      },
      persistChain: async () => {
        times.to = now();
      },
    });
    say({ outcome: 'closed', root: `${closed.epoch.root}`, ...times });
  } catch (error) {
    const outcome = error instanceof CanbaoError ? error.code : `${error}`;
    say({ outcome, root: '', ...times });
  }
}
await store.close();

/** The same clock in every process of the machine. */
function now(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}
