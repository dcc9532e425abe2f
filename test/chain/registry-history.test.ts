import { afterAll, beforeAll, expect, test } from 'vitest';
import { signAuthorityChange } from '../../src/chain/authority-change.ts';
import { changeAuthorities } from '../../src/chain/change-authorities.ts';
import { connectChain } from '../../src/chain/connection.ts';
import { readLogs } from '../../src/chain/paged-logs.ts';
import { type RegistryContract, registryAuthorities } from '../../src/chain/registry.ts';
import { publishedHistory } from '../../src/chain/registry-history.ts';
import { deployRegistry } from '../jobs/closing.ts';
import { type FaultProxyOptions, startFaultProxy } from '../support/fault-proxy.ts';
import {
  commitment,
  publish,
  startTestChain,
  type TestChain,
  testAuthorities,
} from '../support/test-chain.ts';

let context: TestChain;
let registry: RegistryContract;

/** Three roots, one of them a correction, with a change of the authorities in between. */
beforeAll(async () => {
  context = await startTestChain();
  registry = await deployRegistry(context);
  const { payer } = context;
  await publish(registry, payer, commitment({ root: 5n }));
  await publish(registry, payer, commitment({ root: 6n, month: 1501, previous: 5n }));
  const { lastChange } = await registryAuthorities(registry);
  const change = { previousChange: lastChange, added: [], removed: [], quorum: 3 };
  const domain = { chainId: context.chain.chainId, registry: registry.address };
  const signed = await Promise.all(
    testAuthorities.map((one) => signAuthorityChange(domain, one, change)),
  );
  await changeAuthorities(registry, payer, change, signed);
  await publish(registry, payer, commitment({ root: 7n, revision: 1, previous: 6n }));
}, 30_000);
afterAll(() => context[Symbol.asyncDispose]());

/** The registry through a proxy. */
async function through<T>(
  options: FaultProxyOptions,
  act: (registry: RegistryContract, requests: () => number) => Promise<T>,
): Promise<T> {
  await using proxy = await startFaultProxy(context.node.url, options);
  const chain = await connectChain(proxy.url, { timeout: 300 });
  return await act({ ...registry, chain }, () => proxy.requests);
}

test('the history is the events in order', async () => {
  const { epochs, corrections, changes } = await publishedHistory(registry);
  const signers = testAuthorities.map(({ address }) => address);
  expect(epochs).toMatchObject([
    { epochRoot: 5n, month: 1500, revision: 0, previousRoot: 0n, accounts: 1000, signers },
    { epochRoot: 6n, month: 1501, revision: 0, previousRoot: 5n },
    { epochRoot: 7n, month: 1500, revision: 1, previousRoot: 6n },
  ]);
  expect(corrections).toEqual([{ corrected: 5n, by: 7n }]);
  expect(changes).toMatchObject([{ added: [], removed: [], quorum: 3, signers }]);
  expect((await registryAuthorities(registry)).lastChange).toBe(changes[0]?.change);
  const blocks = epochs.map(({ block }) => block);
  expect(blocks).toEqual([...blocks].sort((a, b) => a - b));
});

test.each([1n, 2n, 3n, 100n])('read in pages of %s blocks it is the same', async (range) => {
  expect(await publishedHistory(registry, { range })).toEqual(await publishedHistory(registry));
});

test('a node that caps the range is asked for less until it answers', async () => {
  const whole = await publishedHistory(registry);
  for (const logRange of [1n, 2n, 4n]) {
    const read = through({ limits: { logRange } }, (capped) => publishedHistory(capped));
    expect(await read).toEqual(whole);
  }
});

test('one that refuses a single block is not asked for ever', async () => {
  const limits = { missing: ['eth_getLogs'] };
  await through({ limits }, async (refusing, requests) => {
    await expect(publishedHistory(refusing)).rejects.toMatchObject({ code: 'chain.rpc_failed' });
    expect(requests()).toBeLessThan(20);
  });
});

test('one that does not answer is given up after a few pages', async () => {
  const decide = (methods: readonly string[]) =>
    methods.includes('eth_getLogs') ? ('http-500' as const) : undefined;
  await through({ decide }, async (silent) => {
    await expect(publishedHistory(silent)).rejects.toMatchObject({ code: 'chain.unreachable' });
  });
});

test('one that leaves the newest out, or the oldest, is found out', async () => {
  const decide = (methods: readonly string[]) =>
    methods.includes('eth_getLogs') ? ('old-logs' as const) : undefined;
  const gap = { code: 'chain.history_gap', facts: { expected: 3 } };
  await through({ decide, lag: 1n }, async (lying) => {
    await expect(publishedHistory(lying)).rejects.toMatchObject(gap);
  });
  const [first] = (await publishedHistory(registry)).epochs;
  const fromBlock = BigInt(first?.block ?? 0) + 1n;
  await expect(publishedHistory(registry, { fromBlock })).rejects.toMatchObject(gap);
});

test('with confirmations asked for, it ends where they do', async () => {
  const deep = { ...registry, confirmations: 2 };
  expect((await publishedHistory(deep)).epochs).toHaveLength(2);
  expect((await publishedHistory({ ...registry, confirmations: 100 })).epochs).toEqual([]);
});

test('addresses and topics go out in lower case', async () => {
  const shouted = registry.address.toUpperCase().replace('0X', '0x') as `0x${string}`;
  const read = (address: `0x${string}`) =>
    through({ limits: { lowerCaseLogs: true } }, ({ chain }) =>
      readLogs(chain, {
        address,
        events: [`0x${'AB'.repeat(32)}`],
        ...{ fromBlock: 0n, toBlock: 3n },
      }),
    );
  expect(await read(shouted)).toEqual([]);
});
