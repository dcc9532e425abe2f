import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { sampleSeed } from '../../src/service/sample-ledger.ts';
import { type Call, callingUrl, logIn } from '../support/call-service.ts';
import { openExtraPage } from './support/extra-page.ts';
import {
  chromium,
  openPages,
  type PagesUnderTest,
  strangers,
  type Visit,
} from './support/pages.ts';
import type { PageTask } from './support/prover-page/main.ts';

const ROLE = 'steady-employee';
const seed = [...sampleSeed(ROLE)];

describe.skipIf(chromium === undefined)('proving in a page', () => {
  let pages: PagesUnderTest;
  let call: Call;
  let bundle: unknown;
  beforeAll(async () => {
    pages = await openPages();
    call = callingUrl(pages.url);
    const keys = deriveHolderKeys(sampleSeed(ROLE));
    const token = await logIn(call, pages.url, keys);
    ({ body: bundle } = await call('GET', '/v1/bundle', { token }));
  });
  afterAll(() => pages?.[Symbol.asyncDispose]());

  const ask = async (preset: string) => {
    const { body } = await call('POST', '/v1/requests', { body: { preset, purpose: 'Test' } });
    return body as { request: unknown; id: string };
  };
  const prove = async (page: Page, change: Partial<PageTask> = {}) => {
    const { request } = await ask('rent-subsidy-6m');
    const task: PageTask = { seed, bundle, request, ...change };
    return page.evaluate((given) => provingPage.prove(given), task);
  };
  const fetched = ({ watch }: Visit) =>
    watch.requests.map(({ url }) => url).filter((url) => url.includes('sha256='));

  test('with a worker and threads; files come once, and are then on the device', async ({
    annotate,
  }) => {
    await using visit = await pages.visit();
    const page = await openExtraPage(visit.context, pages.url, 'prover-page');
    const first = await prove(page);
    expect(first).toMatchObject({ presentation: { format: 'canbao/presentation@1' } });
    expect(visit.watch.workers.length).toBeGreaterThan(1);
    expect(first.progress.some(({ stage }) => stage === 'files')).toBe(true);
    expect(first.progress.at(-1)).toEqual({ stage: 'proof', share: 1 });
    expect(fetched(visit).map((url) => url.split(/[/?]/).at(-2))).toEqual(
      expect.arrayContaining(['circuit.graph', 'circuit.ckey']),
    );
    expect(await page.evaluate((given) => provingPage.verify(given), first.presentation)).toEqual({
      valid: true,
      reason: 'valid',
    });

    const before = fetched(visit).length;
    const second = await prove(page);
    await page.evaluate(() => provingPage.endProving());
    await page.reload();
    const third = await prove(page);
    expect(second.presentation && third.presentation).toBeTruthy();
    expect(fetched(visit).length).toBe(before);
    expect(visit.watch.said).toEqual([]);
    expect(strangers(visit.watch, pages.url)).toEqual([]);
    await annotate([first, second, third].map(({ ms }) => `${Math.round(ms)} ms`).join(', '));
  });

  test('without a worker, on the page’s own thread', async () => {
    await using visit = await pages.visit();
    const page = await openExtraPage(visit.context, pages.url, 'prover-page');
    expect((await prove(page, { withoutWorker: true })).presentation).toBeTruthy();
    expect(visit.watch.workers).toEqual([]);
  });

  test('who does not qualify hears why; who gives up is heard, and may begin again', async () => {
    await using visit = await pages.visit();
    const page = await openExtraPage(visit.context, pages.url, 'prover-page');
    const { request } = await ask('pension-claim');
    expect(await prove(page, { request })).toMatchObject({
      code: 'statement.not_satisfied',
      cause: { satisfied: false, reason: expect.any(String) },
    });
    const stopped = await prove(page, { giveUpAt: 'proof' });
    expect(stopped.code).toBe('prove.aborted');
    expect((await prove(page)).presentation).toBeTruthy();
  });

  test('a key that is not the manifest’s is refused, and not kept', async () => {
    await using visit = await pages.visit();
    const page = await openExtraPage(visit.context, pages.url, 'prover-page');
    await visit.context.route('**/circuit.graph*', async (route) => {
      const answer = await route.fetch();
      const body = await answer.body();
      body.writeUInt8(body.readUInt8(body.length - 1) ^ 1, body.length - 1);
      await route.fulfill({ response: answer, body });
    });
    expect((await prove(page)).code).toBe('key.hash_mismatch');
    await visit.context.unroute('**/circuit.graph*');
    expect((await prove(page)).presentation).toBeTruthy();
  });
});
