import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allEpochs, type RegistryContract } from '../../../src/chain/registry.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { openHome } from '../../../src/runtime/home.ts';
import { developmentToken } from '../../../src/service/operators/development-issuer.ts';
import { deployRegistry } from '../../jobs/closing.ts';
import { callingUrl } from '../../support/call-service.ts';
import { freePort } from '../../support/free-port.ts';
import { createDatabase, type OwnDatabase } from '../../support/own-database.ts';
import { type RunningAuthority, startAuthority } from '../../support/running-authority.ts';
import { type RunningService, startService } from '../../support/running-service.ts';
import { startTestChain, type TestChain } from '../../support/test-chain.ts';
import { ended } from './operators.ts';

/** Of the development chain's first account, which everybody knows. */
const ANVIL_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
/** Two of `testAuthorities`. */
const [ALPHA, BETA] = [toHex(11n, { size: 32 }), toHex(12n, { size: 32 })];
const addresses = [ALPHA, BETA].map((key) => privateKeyToAccount(key).address).sort();

/** One key here, one elsewhere, quorum two; the ledger is read beside the service on its PostgreSQL. */
describe.skipIf(!process.env.DATABASE_URL)(
  'a month closed over HTTP by one authority with a peer',
  () => {
    let database: OwnDatabase;
    let folder: string;
    let chain: TestChain;
    let registry: RegistryContract;
    let service: RunningService;
    let ledger: RunningAuthority;
    /** Where the peer serves, once it does. */
    let peerAt: string;
    let token: string;
    let shared: Record<string, string>;

    beforeAll(async () => {
      database = await createDatabase();
      folder = await mkdtemp(join(tmpdir(), 'canbao-peers-'));
      chain = await startTestChain();
      registry = await deployRegistry(chain);
      peerAt = `127.0.0.1:${await freePort()}`;
      shared = { CANBAO_RPC_URL: chain.node.url, CANBAO_REGISTRY: registry.address };
      const home = join(folder, 'alpha');
      const own = { ...shared, DATABASE_URL: database.url, CANBAO_AUTHORITY_KEY: ALPHA };
      service = await startService({
        ...{ home, args: [] },
        environment: {
          ...{ ...own, CANBAO_SUBMITTER_KEY: ANVIL_KEY, CANBAO_PROVERS: '0' },
          CANBAO_PEERS: `http://${peerAt}`,
        },
      });
      const peers = { CANBAO_PEERS: `http://${peerAt}` };
      ledger = await startAuthority(home, '127.0.0.1:0', { ...own, ...peers });
      const roles = ['importer', 'closer'] as const;
      const operator = { subject: 'closer', roles, audience: 'canbao', clock: systemClock };
      token = await developmentToken(openHome(home), operator);
      for (const name of ['persons', 'contributions']) await imported(name);
    });
    afterAll(async () => {
      for (const one of [service, ledger]) await one?.[Symbol.asyncDispose]();
      await chain[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
      await database[Symbol.asyncDispose]();
    });

    const get = async (path: string) => {
      const { status, body } = await callingUrl(service.url)('GET', path, { token });
      expect(status).toBe(200);
      return body;
    };

    async function imported(name: string): Promise<void> {
      const form = new FormData();
      form.append('mapping', await readFile(`demo/mappings/fuzhou-${name}.json`, 'utf8'));
      form.append('file', new Blob([await readFile(`demo/fuzhou/${name}.csv`)]), `${name}.csv`);
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${service.url}/v1/bureau/imports`, {
        ...{ method: 'POST', headers, body: form },
      });
      const { id } = (await answer.json()) as { id: string };
      expect(await ended(() => get(`/v1/bureau/imports/${id}`))).toMatchObject({ state: 'done' });
    }

    async function closed(month: string) {
      const answer = await callingUrl(service.url)('POST', '/v1/bureau/epochs', {
        ...{ token, body: { month } },
      });
      expect(answer.status).toBe(202);
      return ended(() => get(`/v1/bureau/closings/${answer.body.id}`));
    }

    test('without the peer it says why; with it, the month is published with two signatures', async () => {
      const alone = await closed('2026-10');
      expect(alone).toMatchObject({
        ...{ state: 'failed', result: null },
        error: {
          code: 'epoch.no_quorum',
          facts: { signatures: 1, quorum: 2, refused: `http://${peerAt} peer.unreachable` },
        },
      });
      expect(alone.attempts).toBeGreaterThan(1);
      expect(await allEpochs(registry)).toEqual([]);

      await using peer = await startAuthority(join(folder, 'beta'), peerAt, {
        ...{ ...shared, CANBAO_AUTHORITY_KEY: BETA, CANBAO_PEERS: ledger.url.origin },
      });
      expect([ledger.address, peer.address].sort()).toEqual(addresses);
      const done = await closed('2026-10');
      expect(done).toMatchObject({
        ...{ state: 'done', error: null, attempts: 1 },
        result: { epoch: { month: '2026-10', revision: 0 }, refused: [] },
      });
      const { root, signers } = done.result.epoch;
      expect([...signers].sort()).toEqual(addresses);
      expect((await allEpochs(registry)).map((epoch) => String(epoch.root))).toEqual([root]);
      const { epochs } = await get('/v1/bureau/epochs');
      expect(epochs).toMatchObject([{ month: '2026-10', state: 'final', root, signers }]);
      expect(await get('/v1/epochs')).toMatchObject({ epochs: [{ root }] });
    }, 240_000);
  },
);
