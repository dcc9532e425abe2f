import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestClient, http } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EmbeddedNode,
  embeddedAccount,
  startEmbeddedNode,
} from '../../src/chain/embedded-node.ts';
import { epochOfRoot, registryAuthorities } from '../../src/chain/registry.ts';
import { publishedHistory } from '../../src/chain/registry-history.ts';
import { toEpochRoot } from '../../src/core/brands.ts';
import { type KeyStore, openKeyStore } from '../../src/keys/key-store.ts';
import { type ChainServiceOptions, openChainService } from '../../src/runtime/chain-service.ts';
import { openHome } from '../../src/runtime/home.ts';
import { openInstalledChain } from '../../src/runtime/installed-chain.ts';
import type { NetworkSettings } from '../../src/runtime/network-settings.ts';
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
    expect(service.deployedVerifier()?.toLowerCase()).toBe(addresses[0]);
    const { address } = await service.verifier();
    expect(service.deployedVerifier()).toBe(address);
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

describe('on a chain that is there already', () => {
  let node: EmbeddedNode;
  beforeAll(async () => {
    node = await startEmbeddedNode({ chainId: 4242 });
  });
  afterAll(() => node.close());

  /** The key of the node's first account, as everybody knows it. */
  const submitterKey = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
  const there = (name: string, network?: Partial<NetworkSettings>) =>
    options({
      rpcUrl: node.url,
      deploymentFile: join(folder, `${name}.json`),
      ...(network && { network: { fees: {}, confirmations: 1, ...network } }),
    });

  it('refuses one that is not the one of the deployment', async () => {
    const service = await openChainService(options());
    await service.close();
    await expect(openChainService(options({ rpcUrl: node.url }))).rejects.toMatchObject({
      code: 'chain.wrong_network',
      facts: { expected: 31_337, actual: 4242 },
    });
  });

  it('deploys nothing without a key to pay with', async () => {
    const fresh = { home: openHome(join(folder, 'fresh')), rpcUrl: node.url };
    await expect(
      openInstalledChain({ ...fresh, statements: statementRegistry, keys: noKeys }),
    ).rejects.toMatchObject({ code: 'chain.no_account' });
  });

  it('deploys with the submitter’s key, and knows from which block on', async () => {
    const service = await openChainService(there('own', { submitterKey }));
    expect(service.isEmbedded).toBe(false);
    expect(service.submitter().address).toBe(embeddedAccount(0).address);
    expect(() => service.account(0)).toThrowError(
      expect.objectContaining({ code: 'chain.no_account' }),
    );
    await createTestClient({ mode: 'anvil', transport: http(node.url) }).mine({ blocks: 3 });
    await publish(service.registry, service.submitter(), commitment({ root: 5n }));
    const { fromBlock } = service;
    expect((await publishedHistory(service.registry, { fromBlock })).epochs).toHaveLength(1);
    await service.close();
  });

  it('takes a registry that is given, reads it as deep as told, and no other afterwards', async () => {
    const { registry } = JSON.parse(await readFile(join(folder, 'own.json'), 'utf8'));
    const service = await openChainService(there('given', { registry, confirmations: 3 }));
    expect(service.registry).toMatchObject({ address: registry, confirmations: 3 });
    expect(service.domain.verifyingContract).toBe(registry);
    expect(await service.epochs.lookup(toEpochRoot(5n))).toBeUndefined(); // not deep enough
    expect(() => service.submitter()).toThrowError(
      expect.objectContaining({ code: 'chain.no_account' }),
    );
    await service.close();
    const other = `0x${'ab'.repeat(20)}` as const;
    await expect(openChainService(there('given', { registry: other }))).rejects.toMatchObject({
      code: 'chain.other_registry',
      facts: { known: registry, given: other },
    });
    await expect(openChainService(there('none', { registry: other }))).rejects.toMatchObject({
      code: 'chain.no_contract',
    });
  });
});

it('deploys contracts that act once, and finds them after a restart', async () => {
  const keys = openKeyStore({ production: false });
  const found: unknown[] = [];
  for (let start = 0; start < 2; start++) {
    const service = await openChainService(options({ keys }));
    expect(service.acting() === undefined).toBe(start === 0);
    const { benefitClaims, tenderRoster } = await service.deployActing([]);
    expect(service.acting()?.benefitClaims.address).toBe(benefitClaims.address);
    found.push([benefitClaims.address, tenderRoster.address]);
    await service.persist();
    await service.close();
  }
  expect(found[1]).toEqual(found[0]);
});
