import { setTimeout } from 'node:timers/promises';
import { createTestClient, http, type TestClient } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allEpochs, type RegistryContract } from '../../src/chain/registry.ts';
import { addMonths, parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { type CloseOptions, closeEpoch } from '../../src/jobs/close-epoch.ts';
import { settleEpochs } from '../../src/jobs/settle-epochs.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import type { ClosingLock } from '../../src/ledger/store/closing-lock.ts';
import { listEpochs } from '../../src/ledger/store/epochs.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { closeTestStore, openTestStore } from '../ledger/stores.ts';
import { disagreements } from '../support/epoch-agreement.ts';
import { startTestChain, type TestChain } from '../support/test-chain.ts';
import { whileMining } from '../support/while-mining.ts';
import { authoritiesOn, clearEpochs, cut, deployRegistry, fillLedger } from './closing.ts';

const first = parseMonth('2026-09');

let hash: Poseidon;
let context: TestChain;
let node: TestClient;
let store: Store;
let registry: RegistryContract;
beforeAll(async () => {
  hash = await wasmPoseidon();
  context = await startTestChain();
  node = createTestClient({ mode: 'anvil', transport: http(context.node.url) });
  store = await openTestStore('pglite');
  await fillLedger(store);
});
afterAll(async () => {
  await closeTestStore(store);
  await context[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await clearEpochs(store);
  registry = await deployRegistry(context);
  await node.mine({ blocks: 12 }); // what is below is never taken back
});

const options = (changes: Partial<CloseOptions> = {}): CloseOptions => ({
  ...{ store, registry, hash, signers: authoritiesOn(store, hash), submitter: context.payer },
  ...{ month: first, ...changes },
});
const close = (months: number, changes: Partial<CloseOptions> = {}) =>
  closeEpoch(options({ month: addMonths(first, months), ...changes }));
const states = async () => (await listEpochs(store)).map(({ state }) => state);
const reorganise = (depth: number) =>
  node.request({ method: 'anvil_reorg', params: [depth, []] } as never);
const published = async () => (await allEpochs(registry)).length;

describe('after a reorganisation', () => {
  it('the check submits what was final and is gone again, in order', async () => {
    for (let i = 0; i < 3; i++) await close(i);
    const before = await listEpochs(store);
    await reorganise(2);
    expect(await published()).toBe(1);
    expect(await states()).toEqual(['final', 'final', 'final']);

    const { takenBack, settled } = await settleEpochs(options());
    expect(takenBack.map(({ month }) => month)).toEqual([addMonths(first, 1), addMonths(first, 2)]);
    expect(settled).toEqual(takenBack);
    expect(await disagreements(store, registry)).toEqual([]);
    const after = await listEpochs(store);
    expect(after.map(({ root }) => root)).toEqual(before.map(({ root }) => root));
    expect(after[0]).toEqual(before[0]);
  });

  it('nothing is done where nothing was taken back', async () => {
    await close(0);
    await node.mine({ blocks: 3 });
    await reorganise(2);
    expect(await settleEpochs(options())).toEqual({ takenBack: [], settled: [] });
  });

  it('the next closing does it too, before its own', async () => {
    await close(0);
    await close(1);
    await reorganise(2);
    await close(2);
    expect(await disagreements(store, registry)).toEqual([]);
    expect(await states()).toEqual(['final', 'final', 'final']);
  });

  it('an epoch is submitted and no longer final until it is there again', async () => {
    await close(0);
    await reorganise(1);
    const persistChain = () => Promise.reject(cut);
    await expect(settleEpochs(options({ persistChain }))).rejects.toBe(cut);
    expect(await states()).toEqual(['submitted']);
    await reorganise(1);
    // Nobody to sign it: the signatures it has suffice.
    await settleEpochs(options({ signers: [] }));
    expect(await states()).toEqual(['final']);
    expect(await published()).toBe(1);
  });

  it('one that is not as deep any more waits for its confirmations, and is not sent again', async () => {
    const deep = { ...registry, confirmations: 3 };
    await whileMining(node, () => close(0, { registry: deep }));
    const [{ txHash } = { txHash: null }] = await listEpochs(store);
    // The same transaction in the last block of all.
    const raw = await rawOf(txHash as `0x${string}`);
    const head = Number(await context.chain.reader.getBlockNumber());
    const { blockNumber } = await context.chain.reader.getTransactionReceipt({
      hash: txHash as `0x${string}`,
    });
    const depth = head - Number(blockNumber) + 1;
    await node.request({
      method: 'anvil_reorg',
      params: [depth, [[raw, depth - 1]]],
    } as never);
    expect(await allEpochs(deep)).toEqual([]);
    expect(await published()).toBe(1);
    await whileMining(node, () => settleEpochs(options({ registry: deep })));
    expect(await listEpochs(store)).toMatchObject([{ state: 'final', txHash }]);
    expect(await disagreements(store, registry)).toEqual([]);
  });
});

describe('a reorganisation while the confirmations are waited for', () => {
  it.each([1, 3])('%s deep: the transaction is sent again within the closing', async (depth) => {
    const deep = { ...registry, confirmations: 4 };
    let sent = '';
    const closing = whileMining(node, async () => {
      const done = close(0, { registry: deep });
      while ((await published()) === 0) await setTimeout(5);
      sent = (await listEpochs(store))[0]?.txHash ?? '';
      await reorganise(depth);
      return done;
    });
    const { epoch } = await closing;
    expect(epoch.state).toBe('final');
    // Most likely the very same transaction; never one beside it.
    expect(epoch.txHash).toMatch(/^0x/);
    if (sent) expect(epoch.txHash).toBe(sent);
    expect(await disagreements(store, registry)).toEqual([]);
  });
});

describe('a reorganisation that takes the month before back, while one is closed', () => {
  it('before it is signed: it is not signed behind the gap', async () => {
    await close(0);
    // Between the look for what was lost and the look for the predecessor the lock is checked: the
    // first time before the month is built, the second time before it is signed.
    let checks = 0;
    const check = async () => {
      if (++checks === 2) await reorganise(1);
    };
    const closing: ClosingLock = { hold: (_wait, work) => work({ check }) };
    await close(1, { store: { ...store, closing } });
    expect(await disagreements(store, registry)).toEqual([]);
    expect(await published()).toBe(2);
  });

  it('after it is sent: both are sent again, in order, within the closing', async () => {
    const deep = { ...registry, confirmations: 4 };
    await close(0);
    await node.mine({ blocks: 3 });
    const { epoch } = await whileMining(node, async () => {
      const done = close(1, { registry: deep });
      while ((await published()) < 2) await setTimeout(5);
      // Deep enough even if blocks are made meanwhile; what is sent again at once is in other blocks.
      const blockNumber = BigInt(await blockOf(0));
      const { reader } = context.chain;
      const before = await reader.getBlock({ blockNumber });
      const depth = Number((await reader.getBlockNumber()) - blockNumber) + 4;
      await reorganise(depth);
      expect((await reader.getBlock({ blockNumber })).hash).not.toBe(before.hash);
      return done;
    });
    expect(epoch.state).toBe('final');
    expect(await disagreements(store, registry)).toEqual([]);
  });
});

/** The block that published the ledger's epoch of that number. */
async function blockOf(number: number): Promise<number> {
  const { txHash } = (await listEpochs(store))[number] ?? {};
  const hash = txHash as `0x${string}`;
  return Number((await context.chain.reader.getTransactionReceipt({ hash })).blockNumber);
}

async function rawOf(hash: `0x${string}`): Promise<string> {
  return (await node.request({
    method: 'eth_getRawTransactionByHash',
    params: [hash],
  } as never)) as string;
}
