import { afterAll, beforeAll, expect, test } from 'vitest';
import { allEpochs } from '../../../src/chain/registry.ts';
import { parseMonth } from '../../../src/core/month.ts';
import { startClosingWorker } from '../../../src/service/bureau/closing-worker.ts';
import { closings } from '../../../src/service/bureau/closings.ts';
import { readLog } from '../../../src/service/operator-log/operator-log.ts';
import { decodeEpochs } from '../../../src/verify/epochs-file.ts';
import { openTestService, type TestService } from '../service.ts';
import { as, ended } from './operators.ts';

let canbao: TestService;
let headers: { authorization: string };
beforeAll(async () => {
  canbao = await openTestService();
  headers = await as(canbao, 'closer');
});
afterAll(() => canbao[Symbol.asyncDispose]());

const get = (url: string, more = {}) => canbao.app.inject({ url, headers: more });
const post = (url: string, payload?: object) =>
  canbao.app.inject({ method: 'POST', url, headers, ...(payload && { payload }) });
const job = async (id: string) => (await get(`/v1/bureau/closings/${id}`, headers)).json();

test('roots and authorities are public, and cacheable', async () => {
  const answer = await get('/v1/epochs');
  const { registry } = canbao.service.chain;
  const [epoch] = await allEpochs(registry);
  expect(decodeEpochs(answer.json())).toMatchObject([{ root: epoch?.root, month: epoch?.month }]);
  expect(answer.headers['cache-control']).toMatch(/^public, max-age=\d+$/);
  const etag = String(answer.headers.etag);
  expect((await get('/v1/epochs', { 'if-none-match': etag })).statusCode).toBe(304);
  const authorities = (await get('/v1/authorities')).json();
  expect(authorities).toMatchObject({ registry: registry.address, quorum: 2 });
  expect(authorities.authorities).toHaveLength(3);
});

test('what was asked before a worker came is done when one does; then the month is closed', async () => {
  const month = parseMonth('2026-11');
  const operator = 'early';
  const id = await closings.begin(canbao.service, {
    kind: 'close',
    month,
    revise: false,
    operator,
  });
  expect(await job(id)).toMatchObject({ state: 'queued', month: '2026-11', attempts: 0 });
  await startClosingWorker(canbao.service);
  const done = await ended(() => job(id));
  expect(done).toMatchObject({
    ...{ state: 'done', error: null, operator: 'early', kind: 'close' },
    result: { epoch: { month: '2026-11', revision: 0 }, refused: [] },
  });
  expect(done.result.epoch.signers.length).toBeGreaterThanOrEqual(2);
  const published = await allEpochs(canbao.service.chain.registry);
  expect(published.map(({ root }) => String(root))).toContain(done.result.epoch.root);
  const { epochs } = (await get('/v1/bureau/epochs', headers)).json();
  expect(epochs.at(-1)).toMatchObject({
    ...{ month: '2026-11', state: 'final', root: done.result.epoch.root },
    signers: done.result.epoch.signers,
  });
  const log = await readLog(canbao.service, { limit: 20 });
  expect(log.find(({ facts }) => facts.id === id)).toMatchObject({
    ...{ operator: 'early', action: 'epoch.close.end', outcome: 'ok' },
    facts: { month: '2026-11', revision: 0 },
  });
});

test('the closer asks for months and checks; what cannot be closed says why', async () => {
  const answer = await post('/v1/bureau/epochs', { month: '2026-09' });
  expect(answer.statusCode).toBe(202);
  const failed = await ended(() => job(answer.json().id));
  expect(failed).toMatchObject({
    state: 'failed',
    result: null,
    error: { code: expect.stringMatching(/^(ledger|epoch)\./) },
  });
  const check = await post('/v1/bureau/epochs/check');
  const done = await ended(() => job(check.json().id));
  expect(done.result).toEqual({ settled: [], takenBack: [], refused: [] });
  const { closings } = (await get('/v1/bureau/closings?limit=2', headers)).json();
  expect(closings).toHaveLength(2);
});

test.each([{}, { month: '2026-13' }, { month: 1521 }, { month: '2026-11', x: 1 }])(
  'a month that is none is refused: %j',
  async (payload) => {
    expect((await post('/v1/bureau/epochs', payload)).statusCode).toBe(400);
  },
);
