import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectChain } from '../../src/chain/connection.ts';
import { epochsFromChain } from '../../src/chain/epochs-port.ts';
import { allEpochs, epochOfRoot, latestEpoch } from '../../src/chain/registry.ts';
import { isNullifierSpent } from '../../src/chain/statement-verifier.ts';
import { toEpochRoot } from '../../src/core/brands.ts';
import { startTestChain, type TestChain } from '../support/test-chain.ts';

let context: TestChain;
const root = toEpochRoot(5n);
const nowhere = `0x${'ab'.repeat(20)}` as const;

beforeAll(async () => {
  context = await startTestChain();
});
afterAll(() => context[Symbol.asyncDispose]());

/** Runs `act` against an HTTP server that answers as told. */
async function against<T>(listener: RequestListener, act: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    return await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('a chain that is not there', () => {
  test('nobody listens', async () => {
    await expect(connectChain('http://127.0.0.1:1')).rejects.toMatchObject({
      code: 'chain.unreachable',
      facts: { url: 'http://127.0.0.1:1' },
    });
  });

  test('nobody answers in time', async () => {
    const silent: RequestListener = () => {};
    await expect(
      against(silent, (url) => connectChain(url, { timeout: 50 })),
    ).rejects.toMatchObject({ code: 'chain.unreachable' });
  });

  test('a gateway without a chain behind it', async () => {
    const gateway: RequestListener = (_, response) => response.writeHead(502).end('bad gateway');
    await expect(against(gateway, (url) => connectChain(url))).rejects.toMatchObject({
      code: 'chain.unreachable',
    });
  });

  test('something else that speaks HTTP', async () => {
    const page: RequestListener = (_, response) => response.end('<html>hello</html>');
    await expect(against(page, (url) => connectChain(url))).rejects.toMatchObject({
      code: expect.stringMatching(/^chain\.(unreachable|rpc_failed)$/),
    });
  });

  test('a chain that answers with an error', async () => {
    const faulty: RequestListener = (request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        const one = (call: { id: number }) => ({
          jsonrpc: '2.0',
          id: call.id,
          error: { code: -32_601, message: 'the method does not exist' },
        });
        const calls = JSON.parse(body);
        response.end(JSON.stringify(Array.isArray(calls) ? calls.map(one) : one(calls)));
      });
    };
    await expect(against(faulty, (url) => connectChain(url))).rejects.toMatchObject({
      code: 'chain.rpc_failed',
    });
  });

  test('another chain than the one asked for', async () => {
    await expect(connectChain(context.node.url, { chainId: 1 })).rejects.toMatchObject({
      code: 'chain.wrong_network',
      facts: { expected: 1, actual: 31_337 },
    });
  });
});

test('an address without the contract is told apart from an unknown root', async () => {
  const registry = { chain: context.chain, address: nowhere };
  const noContract = { code: 'chain.no_contract' };
  await expect(epochOfRoot(registry, root)).rejects.toMatchObject(noContract);
  await expect(epochsFromChain(registry).lookup(root)).rejects.toMatchObject(noContract);
  await expect(latestEpoch(registry)).rejects.toMatchObject(noContract);
  await expect(allEpochs(registry)).rejects.toMatchObject(noContract);
  await expect(isNullifierSpent(registry, 5n)).rejects.toMatchObject(noContract);
});
