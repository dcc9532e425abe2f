import type { Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnvilProcess, startAnvil } from '../../src/chain/anvil-process.ts';
import { type ConnectOptions, connectChain } from '../../src/chain/connection.ts';
import { publishEpoch } from '../../src/chain/publish-epoch.ts';
import { allEpochs, type RegistryContract } from '../../src/chain/registry.ts';
import { publishedHistory } from '../../src/chain/registry-history.ts';
import { deployRegistry } from '../jobs/closing.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import type { NodeLimits } from '../support/node-limits.ts';
import { commitment, signatures } from '../support/test-chain.ts';

/** An account that owns nothing: it can send only where gas is free. */
const poor = privateKeyToAccount(generatePrivateKey());

let anvil: AnvilProcess;
beforeAll(async () => {
  anvil = await startAnvil(['--port', '0', '--base-fee', '0', '--gas-price', '0']);
});
afterAll(() => anvil.end());

/** Deploys, publishes two months and reads them back, all through a node with these limits. */
async function publishThrough(limits: NodeLimits, options: ConnectOptions) {
  await using proxy = await startFaultProxy(anvil.url, { limits });
  const chain = await connectChain(proxy.url, { pollingInterval: 20, ...options });
  const registry: RegistryContract = await deployRegistry({ chain, payer: poor });
  const hashes: (Hex | undefined)[] = [];
  for (const [i, root] of [5n, 6n].entries()) {
    const value = commitment({ root, month: 1500 + i, previous: i === 0 ? 0n : 5n });
    hashes.push(await publishEpoch(registry, poor, value, await signatures(registry, value)));
  }
  const history = await publishedHistory(registry, { range: 50n });
  expect(history.epochs).toMatchObject([{ epochRoot: 5n }, { epochRoot: 6n }]);
  expect(await allEpochs(registry)).toMatchObject([{ root: 5n }, { root: 6n }]);
  return { chain, hashes };
}

const free = { legacy: true, gasPrice: 0n } as const;

test('Besu with free gas: legacy transactions at price 0, a token, capped logs', async () => {
  const header = { name: 'authorization', value: 'Bearer secret-token' };
  const { chain, hashes } = await publishThrough(
    { header, logRange: 7n },
    { headers: { authorization: header.value }, fees: free },
  );
  for (const hash of hashes) {
    const { type, gasPrice } = await chain.reader.getTransaction({ hash: hash as Hex }).catch(() =>
      // The proxy is gone: the node behind it knows.
      connectChain(anvil.url).then(({ reader }) => reader.getTransaction({ hash: hash as Hex })),
    );
    expect({ type, gasPrice }).toEqual({ type: 'legacy', gasPrice: 0n });
  }
});

test('FISCO BCOS: one call a request, no EIP-1559, no estimates, logs by lower case', async () => {
  const limits: NodeLimits = {
    missing: [
      'eth_feeHistory',
      'eth_maxPriorityFeePerGas',
      'eth_fillTransaction',
      'eth_estimateGas',
    ],
    ...{ oneCallARequest: true, legacyOnly: true, lowerCaseLogs: true },
  };
  const fees = { ...free, gasLimit: 10_000_000n };
  await publishThrough(limits, { batch: false, fees });
});

test('what such nodes refuse is what they would be sent by default', async () => {
  const limits: NodeLimits = { legacyOnly: true };
  await expect(publishThrough(limits, {})).rejects.toMatchObject({ code: 'chain.rpc_failed' });
  await expect(publishThrough({ oneCallARequest: true }, {})).rejects.toMatchObject({
    code: expect.stringMatching(/^chain\./),
  });
  const missing = ['eth_estimateGas'];
  await expect(publishThrough({ missing }, { fees: free })).rejects.toMatchObject({
    code: 'chain.rpc_failed',
  });
});

test('a header that is missing or wrong is told without telling it, or the rest of the address', async () => {
  const limits = { header: { name: 'authorization', value: 'Bearer right' } };
  await using proxy = await startFaultProxy(anvil.url, { limits });
  const options = { headers: { authorization: 'Bearer canary-5821' } };
  const fault = await connectChain(`${proxy.url}/v3/canary-5821?key=canary-5821`, options).catch(
    (error: unknown) => error as Error & { text(language: string): string },
  );
  expect(fault).toMatchObject({ code: 'chain.rpc_failed', facts: { url: proxy.url } });
  expect(JSON.stringify(fault) + (fault as Error).message).not.toContain('canary-5821');
});
