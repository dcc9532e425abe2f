import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { embeddedAccount, startEmbeddedNode } from '../../src/chain/embedded-node.ts';
import { epochOfRoot, registryAuthorities } from '../../src/chain/registry.ts';
import { toEpochRoot } from '../../src/core/brands.ts';
import { type KeyStore, openKeyStore } from '../../src/keys/key-store.ts';
import { type ChainServiceOptions, openChainService } from '../../src/runtime/chain-service.ts';
import { openHome } from '../../src/runtime/home.ts';
import { openInstalledChain } from '../../src/runtime/installed-chain.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { commitment, publish, testAuthorities } from '../support/test-chain.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-chain-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const noKeys: KeyStore = { get: () => Promise.reject(new Error('no key is needed here')) };
const options = (changes: Partial<ChainServiceOptions> = {}): ChainServiceOptions => ({
  stateFile: join(folder, 'chain', 'state.json'),
  deploymentFile: join(folder, 'deployment.json'),
  authorities: testAuthorities.map(({ address }) => address),
  quorum: 2,
  statements: statementRegistry,
  keys: noKeys,
  ...changes,
});

it('deploys the registry once, and finds it with all it holds after a restart', async () => {
  const first = await openChainService(options());
  expect(await registryAuthorities(first.registry)).toMatchObject({ quorum: 2 });
  const value = commitment({ root: 5n });
  await publish(first.registry, embeddedAccount(1), value);
  await first.persist();
  await first.close();

  const second = await openChainService(options());
  expect(second.registry.address).toBe(first.registry.address);
  expect(second.domain).toEqual(first.domain);
  expect(await epochOfRoot(second.registry, toEpochRoot(5n))).toMatchObject({ month: 1500 });
  await second.close();
});

it('deploys verifiers when they are first asked for, and keeps them', async () => {
  const keys = openKeyStore({ production: false });
  const addresses: string[] = [];
  for (let start = 0; start < 2; start++) {
    const service = await openChainService(options({ keys }));
    const { address } = await service.verifier();
    expect(await service.verifier()).toMatchObject({ address });
    expect(await service.isSpent(1n)).toBe(false);
    addresses.push(address.toLowerCase());
    await service.close();
  }
  expect(addresses[1]).toBe(addresses[0]);
});

it('deploys verifiers anew for changed keys, beside the same registry', async () => {
  const file = join(folder, 'deployment.json');
  const before = JSON.parse(await readFile(file, 'utf8'));
  const [name = ''] = Object.keys(before.statements.keys);
  before.statements.keys[name] = `0x${'0'.repeat(64)}`;
  await writeFile(file, JSON.stringify(before));

  const service = await openChainService(options({ keys: openKeyStore({ production: false }) }));
  const { address } = await service.verifier();
  expect(address.toLowerCase()).not.toBe(before.statements.statementVerifier.toLowerCase());
  expect(service.registry.address).toBe(before.registry);
  await service.close();
});

it('refuses a file that names no deployment, and lets go of the chain', async () => {
  const broken = options({ deploymentFile: join(folder, 'broken.json') });
  await writeFile(broken.deploymentFile, '{"format":"canbao/deployment@1"}');
  for (let i = 0; i < 2; i++) {
    await expect(openChainService(broken)).rejects.toMatchObject({ code: 'cli.bad_file' });
  }
});

it('refuses a chain that is not the one of the deployment, and deploys nothing on a foreign one', async () => {
  const node = await startEmbeddedNode({ chainId: 4242 });
  try {
    await expect(openChainService(options({ rpcUrl: node.url }))).rejects.toMatchObject({
      code: 'chain.wrong_network',
      facts: { expected: 31_337, actual: 4242 },
    });
    const fresh = { home: openHome(join(folder, 'fresh')), rpcUrl: node.url };
    await expect(
      openInstalledChain({ ...fresh, statements: statementRegistry, keys: noKeys }),
    ).rejects.toMatchObject({ code: 'chain.no_account' });
  } finally {
    await node.close();
  }
});
