import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type LocalAccount, toHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { peerSigner } from '../../src/authority/http/peer-signer.ts';
import type { RegistryContract } from '../../src/chain/registry.ts';
import { addMonths, parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { closeEpoch } from '../../src/jobs/close-epoch.ts';
import type { PeerRefusal } from '../../src/jobs/peer-signatures.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { canbao } from '../cli/canbao.ts';
import { deployRegistry } from '../jobs/closing.ts';
import { closeTestStore, importDemo, openTestStore, withFolder } from '../ledger/stores.ts';
import { freePort } from '../support/free-port.ts';
import { type RunningAuthority, startAuthority } from '../support/running-authority.ts';
import { startTestChain, type TestChain, testAuthorities } from '../support/test-chain.ts';
import { connectTo, ownSigner, type Served, serveLedger } from './authorities.ts';

const month = parseMonth('2026-08');
const [alpha, beta, gamma] = testAuthorities as [LocalAccount, LocalAccount, LocalAccount];
/** The keys of `testAuthorities` by address. */
const keys = new Map(
  [11n, 12n, 13n].map((key) => {
    const hex = toHex(key, { size: 32 });
    return [privateKeyToAccount(hex).address, hex] as const;
  }),
);
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});

let hash: Poseidon;
let context: TestChain;
let registry: RegistryContract;
let ledger: Store;
let leader: Served;
/** Addresses the leader was asked for, in quotes: logs leave their queries out. */
let asked = '';
beforeAll(async () => {
  hash = await wasmPoseidon();
  context = await startTestChain();
  registry = await deployRegistry(context);
  ledger = await openTestStore('pglite');
  await importDemo(ledger);
  leader = await serveLedger({
    ...{ registry, account: alpha, store: ledger, limits: { rowsAnAnswer: 500 } },
  });
  leader.app.server.on('request', ({ url }) => {
    asked += `"${url}"\n`;
  });
});
afterAll(async () => {
  await leader[Symbol.asyncDispose]();
  await closeTestStore(ledger);
  await context[Symbol.asyncDispose]();
});

/** Of the development chain's first account, which everybody knows. */
const ANVIL_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

/** `canbao authority serve` as a process that reads the registry of these tests. */
async function follow(
  home: string,
  environment: Readonly<Record<string, string>>,
  peer: URL,
): Promise<RunningAuthority> {
  const authority = await startAuthority(home, '127.0.0.1:0', {
    CANBAO_RPC_URL: context.node.url,
    CANBAO_REGISTRY: registry.address,
    CANBAO_PEERS: peer.origin,
    ...environment,
  });
  children.add(authority.child);
  return authority;
}

/** Passes bytes on to the leader, so many of them until it is opened. */
async function startGate(bytes: number) {
  const sockets = new Set<Socket>();
  let left = bytes;
  const held: (() => void)[] = [];
  let onHeld = () => {};
  const stalled = new Promise<void>((resolve) => {
    onHeld = resolve;
  });
  const server = createServer((client) => {
    const upstream = connect(Number(leader.url.port), leader.url.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (chunk) => {
      left -= chunk.length;
      if (left >= 0) client.write(chunk);
      else {
        held.push(() => client.write(chunk));
        upstream.pause();
        onHeld();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    stalled,
    open() {
      left = Number.POSITIVE_INFINITY;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function close(
  of: typeof month,
  running: readonly RunningAuthority[],
  refused: PeerRefusal[] = [],
) {
  return closeEpoch({
    ...{ store: ledger, registry, submitter: context.payer, month: of, hash },
    signers: [ownSigner(ledger, alpha, hash)],
    peers: running.map(({ url }) => peerSigner(connectTo(url, { registry, account: alpha }))),
    onRefusal: (one) => refused.push(one),
  });
}

/** A keystore is heavy by design; this one is light, for a test. */
async function writeKeystore(path: string, key: string): Promise<void> {
  const { createCipheriv, pbkdf2Sync, randomBytes } = await import('node:crypto');
  const { keccak256 } = await import('viem');
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  const derived = pbkdf2Sync('secret words', salt, 1000, 32, 'sha256');
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv);
  const ciphertext = Buffer.concat([cipher.update(Buffer.from(key.slice(2), 'hex'))]);
  const crypto = {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: iv.toString('hex') },
    ciphertext: ciphertext.toString('hex'),
    kdf: 'pbkdf2',
    kdfparams: { c: 1000, dklen: 32, prf: 'hmac-sha256', salt: salt.toString('hex') },
    mac: keccak256(Buffer.concat([derived.subarray(16), ciphertext])).slice(2),
  };
  await writeFile(path, JSON.stringify({ version: 3, id: 'x', crypto }));
}

it(
  'three processes close a month; one killed while it fetches goes on where it was',
  () =>
    withFolder(async (folder) => {
      const gate = await startGate(60_000);
      const keystore = join(folder, 'key.json');
      await writeKeystore(keystore, keys.get(gamma.address) ?? '');
      const ofBeta = { CANBAO_AUTHORITY_KEY: keys.get(beta.address) ?? '' };
      const ofGamma = {
        CANBAO_KEYSTORE: keystore,
        CANBAO_KEYSTORE_PASSPHRASE: 'secret words',
      };
      const [first, second] = await Promise.all([
        follow(join(folder, 'beta'), ofBeta, gate.url),
        follow(join(folder, 'gamma'), ofGamma, leader.url),
      ]);
      expect([first.address, second.address]).toEqual([beta.address, gamma.address]);

      const refused: PeerRefusal[] = [];
      const closing = close(month, [first, second], refused);
      await gate.stalled;
      await setTimeout(500);
      first.child.kill('SIGKILL');
      const closed = await closing;
      expect(closed.signers).toEqual([alpha.address, gamma.address].sort());
      expect(refused).toMatchObject([{ error: { code: 'peer.unreachable' } }]);

      gate.open();
      const again = await follow(join(folder, 'beta'), ofBeta, gate.url);
      asked = '';
      const { signers } = await close(addMonths(month, 1), [again, second]);
      expect(signers).toHaveLength(3);
      // Not from the beginning: the first tables were there.
      expect(asked).not.toMatch(/feed\/person\?epoch=\d+&after=-1"/);
      expect(asked).toMatch(/feed\/record\?epoch=\d+&after=\d+/);

      for (const { child, output } of [again, second]) {
        const exit = once(child, 'exit');
        child.kill('SIGTERM');
        expect(await exit).toEqual([0, null]);
        for (const secret of [...keys.values(), 'secret words']) {
          expect(output()).not.toContain(secret.replace('0x', ''));
        }
        expect(output()).not.toMatch(/^\s+at /m);
      }
      gate.close();
    }),
  300_000,
);

it(
  'the command line leads too: it gives its ledger out, asks, and says who did not sign',
  () =>
    withFolder(async (folder) => {
      const home = join(folder, 'alpha');
      const port = await freePort();
      const environment = {
        CANBAO_RPC_URL: context.node.url,
        CANBAO_REGISTRY: (await deployRegistry(context)).address,
        CANBAO_SUBMITTER_KEY: ANVIL_KEY,
      };
      const secret = (of: LocalAccount) => ({ CANBAO_AUTHORITY_KEY: keys.get(of.address) ?? '' });
      const leading = { env: { ...environment, ...secret(alpha) } };
      for (const name of ['fuzhou-persons', 'fuzhou-contributions']) {
        const file = `demo/${name.replace('-', '/')}.csv`;
        await canbao(['import', `demo/mappings/${name}.json`, file, '--home', home], leading);
      }
      const leads = new URL(`http://127.0.0.1:${port}`);
      const follower = await follow(
        join(folder, 'beta'),
        { ...environment, ...secret(beta) },
        leads,
      );
      const gone = `http://127.0.0.1:${await freePort()}`;
      const close = ['epoch', 'close', '--month', '2026-10', '--home', home];
      const peers = ['--serve', `127.0.0.1:${port}`, '--peer', follower.url.origin, gone];
      const { code, json } = await canbao([...close, ...peers], leading);
      expect(json).toMatchObject({
        ok: true,
        epoch: { state: 'final', month: '2026-10' },
        signers: [alpha.address, beta.address].sort(),
        refused: [{ peer: gone, code: 'peer.unreachable' }],
      });
      expect(code).toBe(0);
      const { stdout } = await canbao([...close, ...peers], { ...leading, words: true });
      expect(stdout).toContain(`signed by ${beta.address}`);

      // Alone there is no quorum: why is said.
      const next = ['epoch', 'close', '--month', '2026-11', '--home', home, '--peer', gone];
      const alone = await canbao(next, leading);
      expect(alone.json).toMatchObject({
        ok: false,
        error: {
          code: 'epoch.no_quorum',
          facts: { signatures: 1, quorum: 2, refused: `${gone} peer.unreachable` },
        },
      });
      const told = await canbao([...next, '--lang', 'zh'], { ...leading, words: true });
      expect(told.stdout).toContain(`${gone}未签名：无法连接经办机构${gone}：ECONNREFUSED`);
    }),
  300_000,
);

describe('canbao authority serve, where it cannot', () => {
  const serve = (environment: Record<string, string>, ...args: string[]) =>
    withFolder((home) =>
      canbao(['authority', 'serve', '--home', home, '--listen', '127.0.0.1:0', ...args], {
        env: environment,
      }),
    );
  const key = () => ({ CANBAO_AUTHORITY_KEY: keys.get(beta.address) ?? '' });
  const rpc = () => ({ CANBAO_RPC_URL: context.node.url });
  const all = () => ({ ...rpc(), CANBAO_REGISTRY: registry.address });

  it.each<[string, () => Record<string, string>, string]>([
    ['no chain', key, 'chain.bad_setting'],
    ['no registry', () => ({ ...rpc(), ...key() }), 'chain.bad_setting'],
    ['no key', all, 'authority.no_key'],
    [
      'a key that is no authority’s',
      () => ({ ...all(), CANBAO_AUTHORITY_KEY: '77'.repeat(32) }),
      'authority.not_authority',
    ],
    [
      'a peer in the clear',
      () => ({ ...all(), CANBAO_PEERS: 'http://peer.example:7300' }),
      'peer.bad_url',
    ],
  ])('says why: %s', async (_, environment, code) => {
    const { code: exit, json } = await serve(environment());
    expect(json).toMatchObject({ ok: false, error: { code } });
    expect(exit).toBe(2);
  });
});
