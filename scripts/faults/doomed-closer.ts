import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { Address } from 'viem';
import { connectChain } from '../../src/chain/connection.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import { toMonthIndex } from '../../src/core/month.ts';
import { closeEpoch } from '../../src/jobs/close-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { openStore, type StoreOptions } from '../../src/ledger/store/open-store.ts';
import { authoritiesOn } from '../../test/jobs/closing.ts';

/** Where in a closing the process is killed: counted in what it says to its database or its chain. */
export interface Death {
  readonly at: 'statement' | 'call';
  /** From 1. */
  readonly number: number;
  /** Before it is sent, or after it was answered and before anybody hears of it. */
  readonly when: 'before' | 'after';
}

/** One closing, as an argument in JSON. */
export interface DoomedOrder {
  readonly store: StoreOptions;
  readonly rpcUrl: string;
  readonly registry: Address;
  readonly month: number;
  readonly death?: Death;
}

/** On standard output, of a process that lived. */
export interface Lived {
  readonly statements: number;
  readonly calls: number;
  readonly root: string;
}

// A process of its own that closes one month, and kills itself with SIGKILL at the point it is told.
const order = JSON.parse(process.argv[2] ?? '{}') as DoomedOrder;
const hash = await wasmPoseidon();
const store = await openStore(order.store);
const chain = await connectChain(order.rpcUrl, { pollingInterval: 20 });

const said = { statement: 0, call: 0 };
/** Counts one thing said, and dies where that is its end. */
async function mortal<T>(at: Death['at'], say: () => Promise<T>): Promise<T> {
  const number = ++said[at];
  const { death } = order;
  const isLast = death?.at === at && death.number === number;
  if (isLast && death.when === 'before') process.kill(process.pid, 'SIGKILL');
  const answer = await say();
  if (isLast) process.kill(process.pid, 'SIGKILL');
  return answer;
}

// Opening is over: from here on everything counts, transactions' begin and commit included.
for (const prototype of [pg.Client.prototype, PGlite.prototype] as unknown as Queries[]) {
  const { query } = prototype;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    return mortal('statement', () => query.apply(this, args));
  };
}
interface Queries {
  query(...args: unknown[]): Promise<unknown>;
}
const { fetch } = globalThis;
globalThis.fetch = (...args) => mortal('call', () => fetch(...args));

const { epoch } = await closeEpoch({
  ...{ store, hash, signers: authoritiesOn(store, hash), submitter: embeddedAccount(0) },
  registry: { chain, address: order.registry },
  month: toMonthIndex(order.month),
});
const lived: Lived = { statements: said.statement, calls: said.call, root: `${epoch.root}` };
process.stdout.write(`${JSON.stringify(lived)}\n`);
process.exit(0);
