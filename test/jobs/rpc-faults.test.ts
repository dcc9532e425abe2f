import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectChain } from '../../src/chain/connection.ts';
import type { RegistryContract } from '../../src/chain/registry.ts';
import { parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { closeEpoch } from '../../src/jobs/close-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { listEpochs } from '../../src/ledger/store/epochs.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { closeTestStore, openTestStore } from '../ledger/stores.ts';
import { disagreements } from '../support/epoch-agreement.ts';
import { type Fault, startFaultProxy } from '../support/fault-proxy.ts';
import { startTestChain, type TestChain } from '../support/test-chain.ts';
import { authoritiesOn, clearEpochs, deployRegistry, fillLedger } from './closing.ts';

const month = parseMonth('2026-09');

let hash: Poseidon;
let context: TestChain;
let store: Store;
let registry: RegistryContract;
beforeAll(async () => {
  hash = await wasmPoseidon();
  context = await startTestChain();
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
});

const close = (of: RegistryContract) =>
  closeEpoch({
    ...{ store, registry: of, hash, month, submitter: context.payer },
    signers: authoritiesOn(store, hash),
  });

/** Closes through a proxy that fails so many requests in a row that call `method`. */
async function closeThrough(fault: Fault, method: string, length: number) {
  let left = length;
  const decide = (methods: readonly string[]) =>
    methods.includes(method) && left-- > 0 ? fault : undefined;
  await using proxy = await startFaultProxy(context.node.url, { decide });
  const chain = await connectChain(proxy.url, { pollingInterval: 20, timeout: 250 });
  return await close({ ...registry, chain });
}

const nonce = () => context.chain.reader.getTransactionCount({ address: context.payer.address });

it.each<[Fault, number]>([
  ['drop-answer', 1],
  ['drop-answer', 5],
  ['hang-answer', 3],
  ['http-500', 3],
  ['truncated', 3],
  ['swallowed', 1],
])('a transaction sent into “%s” × %s is sent once, and its hash known', async (fault, length) => {
  const before = await nonce();
  const { epoch } = await closeThrough(fault, 'eth_sendRawTransaction', length);
  expect(epoch.state).toBe('final');
  expect(await nonce()).toBe(before + 1);
  const receipt = await context.chain.reader.getTransactionReceipt({
    hash: epoch.txHash as `0x${string}`,
  });
  expect(receipt).toMatchObject({ status: 'success', to: registry.address });
  expect(await disagreements(store, registry)).toEqual([]);
});

it.each<[Fault, string]>([
  ['http-429', 'eth_call'],
  ['not-json', 'eth_call'],
  ['rpc-error', 'eth_estimateGas'],
  ['drop', 'eth_getTransactionCount'],
])('“%s” at %s ends with a coded error, and the next run finishes', async (fault, method) => {
  await expect(closeThrough(fault, method, 100)).rejects.toMatchObject({
    code: expect.stringMatching(/^chain\.(unreachable|rpc_failed)$/),
  });
  expect((await listEpochs(store)).map(({ state }) => state)).not.toContain('final');
  await close(registry);
  expect(await disagreements(store, registry)).toEqual([]);
});
