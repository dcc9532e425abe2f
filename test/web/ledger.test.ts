import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeEpochs, type EpochsFile } from '../../src/verify/epochs-file.ts';
import { lookAt } from './support/look.ts';
import { chromium, openPages, type PagesUnderTest, strangers } from './support/pages.ts';

describe.skipIf(chromium === undefined)('the public ledger’s page', () => {
  let pages: PagesUnderTest;
  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.[Symbol.asyncDispose]());

  const look = (page: Page, name: string) => lookAt(page, `ledger-${name}`);

  const words = {
    zh: { check: '现在核对', good: '核对完成：1 个账本全部一致', keys: '证明用的密钥' },
    en: { check: 'Check now', good: 'Checked: the one ledger agrees', keys: 'Keys of the proofs' },
  };
  test.each([
    ['zh', 'phone'],
    ['zh', 'desktop'],
    ['en', 'phone'],
    ['en', 'desktop'],
  ] as const)(
    'tells everything and checks it against the chain, in %s on a %s',
    async (language, screen) => {
      await using visit = await pages.visit({ language, screen });
      const page = await visit.open('/ledger/');
      const { check, good, keys } = words[language];
      await page.getByRole('button', { name: check }).waitFor();
      await page.getByRole('heading', { name: keys }).waitFor();
      await page.getByText('coverage@1').first().waitFor();
      await look(page, `${screen}-${language}`);
      await page.getByRole('button', { name: check }).click();
      await page.getByText(good).waitFor({ timeout: 30_000 });
      await look(page, `checked-${screen}-${language}`);
      expect(strangers(visit.watch, pages.url)).toEqual([]);
      expect(visit.watch.said).toEqual([]);
    },
  );

  test('the roots come as the file that presentations are verified against', async () => {
    await using visit = await pages.visit();
    const page = await visit.open('/ledger/');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载全部账本的根' }).click();
    const file = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    const served = await (await fetch(`${pages.url}/v1/epochs`)).json();
    expect(decodeEpochs(file)).toEqual(decodeEpochs(served));
  });

  test('a service that tells another root is found out', async () => {
    await using visit = await pages.visit({ screen: 'desktop' });
    await visit.context.route('**/v1/epochs', async (route) => {
      const answer = await route.fetch();
      const { epochs, ...rest } = (await answer.json()) as EpochsFile;
      const changed = epochs.map((epoch) => ({ ...epoch, root: String(BigInt(epoch.root) + 1n) }));
      await route.fulfill({ response: answer, json: { ...rest, epochs: changed } });
    });
    const page = await visit.open('/ledger/');
    await page.getByRole('button', { name: '现在核对' }).click();
    await page.getByText('与链上不一致').first().waitFor({ timeout: 30_000 });
    const differences = page.getByRole('table', { name: '不一致之处' });
    await expect.poll(() => differences.getByText('账本的根').count()).toBeGreaterThan(0);
    await look(page, 'falsified-desktop-zh');
  });

  test('one that hides a month, or an authority, is found out too', async () => {
    await using visit = await pages.visit({ language: 'en' });
    await visit.context.route('**/v1/epochs', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { format: 'canbao/epochs@1', epochs: [] } });
    });
    await visit.context.route('**/v1/authorities', async (route) => {
      const answer = await route.fetch();
      const told = (await answer.json()) as { authorities: string[] };
      await route.fulfill({ response: answer, json: { ...told, quorum: 1 } });
    });
    const page = await visit.open('/ledger/');
    await page.getByText('No ledger was published yet').waitFor();
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('2 differences').waitFor({ timeout: 30_000 });
    await look(page, 'hidden-phone-en');
  });

  test('a service that does not answer is told in words, with a way on', async () => {
    await using visit = await pages.visit();
    await visit.context.route('**/v1/epochs', (route) => route.abort());
    const page = await visit.open('/ledger/');
    await page.getByText('没有成功').waitFor({ timeout: 30_000 });
    await look(page, 'failed-phone-zh');
    await visit.context.unroute('**/v1/epochs');
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByRole('button', { name: '现在核对' }).waitFor();
  });
});
