import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceApp } from '../../src/api/app.ts';
import { readConfig } from '../../src/api/config.ts';
import { parseManifest } from '../../src/groth16/manifest.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { openTestService, type TestService } from '../service/service.ts';

const RPC = 'https://rpc.example/some/key';

describe('what the service gives pages', () => {
  let canbao: TestService;
  beforeAll(async () => {
    canbao = await openTestService({ empty: true });
  });
  afterAll(() => canbao?.[Symbol.asyncDispose]());
  const get = (url: string, headers: Record<string, string> = {}) =>
    canbao.app.inject({ url, headers });
  const rpc = (payload: object) => canbao.app.inject({ method: 'POST', url: '/v1/chain', payload });

  test('the keys of every statement, compact ones too, as the manifest binds them', async () => {
    const manifest = parseManifest((await get('/v1/keys')).json());
    const names = statementRegistry.all().map(({ name }) => name);
    expect(Object.keys(manifest.statements)).toEqual(names);
    const { graph, compactKey, status } = manifest.statements['coverage@1'] ?? {};
    expect(status).toBe('development');
    const files = { 'circuit.graph': graph, 'circuit.ckey': compactKey };
    for (const [file, hash] of Object.entries(files)) {
      const answer = await get(`/v1/keys/coverage@1/${file}?sha256=${hash}`);
      expect(createHash('sha256').update(answer.rawPayload).digest('hex')).toBe(hash);
      expect(answer.headers['cache-control']).toContain('immutable');
      expect(answer.rawPayload.length).toBeLessThan(3.5e6);
    }
  });

  test('a file by its hash alone is for ever; another hash is none of ours', async () => {
    const first = await get('/v1/keys/coverage@1/verification_key.json');
    expect(first.headers['cache-control']).toBe('no-cache');
    const again = await get('/v1/keys/coverage@1/verification_key.json', {
      'if-none-match': `${first.headers.etag}`,
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const other = await get(`/v1/keys/coverage@1/circuit.ckey?sha256=${'0'.repeat(64)}`);
    expect(other.json()).toMatchObject({ status: 404, code: 'http.not_found' });
  });

  test('the chain, to be read and not to be changed', async () => {
    const { chainId, rpcUrls } = (await get('/v1/network')).json();
    const { address } = await canbao.service.chain.verifier();
    const { statementVerifier } = (await get('/v1/network')).json();
    expect(statementVerifier).toBe(address.toLowerCase());
    expect(rpcUrls).toEqual(['/v1/chain']);
    const call = { jsonrpc: '2.0', id: 1 };
    const two = [
      { ...call, method: 'eth_chainId' },
      { ...call, id: 2, method: 'eth_call', params: ['nonsense'] },
    ];
    const [good, bad] = (await rpc(two)).json();
    expect(good).toEqual({ ...call, result: `0x${chainId.toString(16)}` });
    expect(bad).toMatchObject({ id: 2, error: { code: expect.any(Number) } });
    for (const method of ['eth_sendTransaction', 'anvil_setCode', 'evm_mine', 'debug_traceCall']) {
      expect((await rpc({ ...call, method, params: [] })).statusCode).toBe(400);
    }
  });

  test('nodes of one’s own are named to pages, and let through their policy', async () => {
    const { service } = canbao;
    const config = readConfig({ CANBAO_PUBLIC_RPC: RPC });
    const app = await serviceApp({ service, config });
    expect((await app.inject('/v1/network')).json().rpcUrls).toEqual([RPC]);
    const policy = (await app.inject('/wallet/')).headers['content-security-policy'];
    if (policy) expect(policy).toContain("connect-src 'self' https://rpc.example;");
    await app.close();
    expect(() => readConfig({ CANBAO_PUBLIC_RPC: 'wss://rpc.example' })).toThrow(
      'CANBAO_PUBLIC_RPC',
    );
  });

  test('without built pages the interface is there, and how to build them', async () => {
    const { service } = canbao;
    const app = await serviceApp({ service, config: readConfig({}), pages: '/nowhere' });
    expect((await app.inject('/')).body).toContain('npm run pages');
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    await app.close();
  });
});
