import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findAnvil } from '../../src/chain/anvil-program.ts';
import { connectChain } from '../../src/chain/connection.ts';
import { deployContracts } from '../../src/chain/deploy.ts';
import { embeddedAccount, startEmbeddedNode } from '../../src/chain/embedded-node.ts';
import { savedCopyOf } from '../../src/chain/embedded-state.ts';
import { latestEpoch, type RegistryContract } from '../../src/chain/registry.ts';
import { commitment, publish, testAuthorities } from '../support/test-chain.ts';

let folder: string;
let stateFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-chain-'));
  stateFile = join(folder, 'chain', 'state.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = () => startEmbeddedNode({ stateFile });

async function publishOn(url: string): Promise<RegistryContract> {
  const chain = await connectChain(url, { pollingInterval: 10 });
  const { registry: address } = await deployContracts(chain, embeddedAccount(0), {
    authorities: testAuthorities.map((authority) => authority.address),
    quorum: 2,
    maxStaleness: 1,
    statements: {},
  });
  const registry = { chain, address };
  await publish(registry, embeddedAccount(0), commitment({ root: 5n }));
  return registry;
}

/** The epoch that {@link publishOn} left, as a restarted node tells it. */
async function publishedAfterRestart({ address }: RegistryContract) {
  const node = await start();
  try {
    return await latestEpoch({ chain: await connectChain(node.url), address });
  } finally {
    await node.close();
  }
}

async function ended(pid: number): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await setTimeout(25);
  }
  return false;
}

describe('the state', () => {
  test('survives closing', async () => {
    const node = await start();
    const registry = await publishOn(node.url);
    await node.close();
    expect(await ended(node.pid)).toBe(true);
    expect(await publishedAfterRestart(registry)).toMatchObject({ root: 5n, month: 1500 });
  });

  test('survives a kill of the node, once saved', async () => {
    const node = await start();
    const registry = await publishOn(node.url);
    await node.save();
    process.kill(node.pid, 'SIGKILL');
    await node.close();
    // The kill may come while the node rewrites its file: as if it had.
    const whole = await readFile(savedCopyOf(stateFile), 'utf8');
    await writeFile(stateFile, whole.slice(0, whole.length / 2));
    expect(await publishedAfterRestart(registry)).toMatchObject({ root: 5n, month: 1500 });
  });

  test('that is torn, with no copy or a torn one, is refused and kept', async () => {
    await (await start()).close();
    await writeFile(stateFile, '{"block":');
    await rm(savedCopyOf(stateFile), { force: true });
    await expect(start()).rejects.toMatchObject({ code: 'chain.bad_state' });
    await writeFile(savedCopyOf(stateFile), '{');
    await expect(start()).rejects.toMatchObject({ code: 'chain.bad_state' });
    expect(await readFile(stateFile, 'utf8')).toBe('{"block":');
  });

  test('that is no state is refused with what anvil says', async () => {
    await (await start()).close();
    await writeFile(stateFile, '{"not": "a state"}');
    await expect(start()).rejects.toMatchObject({ code: 'chain.node_failed' });
  });
});

describe('the lock', () => {
  test('lets one node at a time use a state, and the next one once it has ended', async () => {
    const one = await start();
    const two = start();
    await setTimeout(200);
    await one.close();
    await (await two).close();
  });

  test('refuses to wait for ever', async () => {
    const one = await start();
    await expect(start()).rejects.toMatchObject({
      code: 'chain.state_in_use',
      facts: { pid: process.pid },
    });
    await one.close();
  });

  test('of a process that is gone holds nothing', async () => {
    await (await start()).close();
    await writeFile(`${stateFile}.lock`, `${2 ** 22 + 1}`);
    await (await start()).close();
    expect(await readdir(dirname(stateFile))).not.toContain('state.json.lock');
  });

  test('is released when the node does not start', async () => {
    await (await start()).close();
    await writeFile(stateFile, '{"not": "a state"}');
    await expect(start()).rejects.toMatchObject({ code: 'chain.node_failed' });
    await rm(stateFile);
    await (await start()).close();
  });
});

describe('the process', () => {
  test('dies with the one that started it, and keeps what was mined', async () => {
    const module = join(import.meta.dirname, '../../src/chain/embedded-node.ts');
    const script = `
      const { startEmbeddedNode } = await import(${JSON.stringify(module)});
      const node = await startEmbeddedNode({ stateFile: ${JSON.stringify(stateFile)} });
      console.log(JSON.stringify({ url: node.url, pid: node.pid }));
      setInterval(() => {}, 1000);
    `;
    const file = join(folder, 'parent.mts');
    await writeFile(file, script);
    const parent = spawn(process.execPath, ['--import', 'tsx', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    const { url, pid } = JSON.parse(line) as { url: string; pid: number };
    const registry = await publishOn(url);
    parent.kill('SIGKILL');
    expect(await ended(pid)).toBe(true);
    expect(await publishedAfterRestart(registry)).toMatchObject({ root: 5n });
  });

  test('many run side by side on ports of their own', async () => {
    const nodes = await Promise.all([1, 2, 3].map((i) => startEmbeddedNode({ chainId: 1000 + i })));
    const ids = await Promise.all(nodes.map(async ({ url }) => (await connectChain(url)).chainId));
    expect(ids).toEqual([1001, 1002, 1003]);
    await Promise.all(nodes.map((node) => node.close()));
    await expect(connectChain(nodes[0]?.url ?? '')).rejects.toMatchObject({
      code: 'chain.unreachable',
    });
  });

  test('a taken port is refused', async () => {
    const node = await startEmbeddedNode();
    const port = Number(new URL(node.url).port);
    await expect(startEmbeddedNode({ port })).rejects.toMatchObject({ code: 'chain.node_failed' });
    await node.close();
  });
});

describe('the program', () => {
  test('is CANBAO_ANVIL where that is set, and nothing else then', () => {
    expect(findAnvil({ CANBAO_ANVIL: process.execPath })).toBe(process.execPath);
    expect(() => findAnvil({ CANBAO_ANVIL: join(folder, 'none') })).toThrowError(
      expect.objectContaining({ code: 'chain.no_node_program' }),
    );
  });

  test('is found where the package manager put it', () => {
    expect(findAnvil({ PATH: '' })).toMatch(/anvil$/);
  });
});
