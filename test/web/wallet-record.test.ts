import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAt } from './support/look.ts';
import { chromium, openPages, type PagesUnderTest } from './support/pages.ts';
import { everythingKept, recoverSample, unlock, walletWords } from './support/wallet.ts';

const { zh, en } = walletWords;

const look = (page: Page, name: string) => lookAt(page, `wallet-${name}`);

/** Why Chromium would not offer to install the wallet; a test's browser is always a private window. */
async function installFaults(context: BrowserContext, page: Page): Promise<string[]> {
  const debug = await context.newCDPSession(page);
  const { installabilityErrors } = await debug.send('Page.getInstallabilityErrors');
  const ids = installabilityErrors.map(({ errorId }) => errorId);
  return ids.filter((id) => id !== 'in-incognito');
}

describe.skipIf(chromium === undefined)('the record', () => {
  let pages: PagesUnderTest;
  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.[Symbol.asyncDispose]());

  test('is fetched, checked with the chain, drawn, and there without a network', async () => {
    await using visit = await pages.visit();
    const page = await visit.open('/wallet/#/record');
    await recoverSample(page, 'pension-ready', zh);
    await page.getByText('这里还没有您的记录').waitFor();
    await look(page, 'record-none-phone-zh');
    await page.getByRole('button', { name: '领取我的记录' }).click();
    await page.getByText('养老保险共缴费 233 个月').waitFor();
    await page.getByText('从2004年1月到2023年5月').waitFor();
    await page.getByText('由本页直接向区块链核对').waitFor();
    await page.getByText('与经办机构公布的2026年10月账本一致').waitFor();

    const cells = page.locator('.calendar__cell');
    await expect.poll(() => cells.count()).toBe(20 * 12);
    await expect.poll(() => page.locator('.calendar__cell[data-kind=paid]').count()).toBe(233);
    // A finger finds each of them, and who hears the page finds the table.
    const sizes = await cells.evaluateAll((all) =>
      all.map((one) =>
        Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height),
      ),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    expect(await page.getByRole('gridcell').count()).toBe(20 * 12);
    expect(await page.getByRole('rowheader').count()).toBe(20);
    await page.getByRole('button', { name: '2023年5月 已缴' }).click();
    await page.locator('.month-detail').getByText('91350203MAPKWREB8M').waitFor();
    await look(page, 'record-phone-zh');
    await page.getByText('看成表格').click();
    await page.getByText('其他登记事项').click();
    await page.locator('.facts').getByText('1963年5月').waitFor();
    await look(page, 'record-all-phone-zh');

    // Nothing of it can be read where it is kept.
    const kept = await everythingKept(page);
    for (const text of ['91350203MAPKWREB8M', 'canbao/bundle', 'coverage', 'holderCommitment']) {
      expect(kept).not.toContain(text);
    }

    await page.goto(`${pages.url}/wallet/#/`);
    await page.getByText('养老保险 233 个月').waitFor();
    await look(page, 'home-phone-zh');
    await page.evaluate(() => navigator.serviceWorker.ready);
    expect(await installFaults(visit.context, page)).toEqual([]);
    await visit.context.setOffline(true);
    await page.goto(`${pages.url}/wallet/#/record`);
    await page.reload();
    await unlock(page, zh);
    await page.getByText('养老保险共缴费 233 个月').waitFor();
    await expect.poll(() => page.locator('.calendar__cell[data-kind=paid]').count()).toBe(233);
    await page.getByText(/无法核对|按本服务公布的清单核对/).waitFor();
  });

  test('is walked through with the keyboard', async () => {
    await using visit = await pages.visit({ language: 'en', screen: 'desktop' });
    const page = await visit.open('/wallet/#/record');
    await recoverSample(page, 'back-paid', en);
    await page.getByRole('button', { name: 'Get my record' }).click();
    await page.getByText('paid late, ').waitFor();
    const late = await page.locator('.calendar__cell[data-kind=late]').count();
    await page.getByText(`${late} of them paid late`).waitFor();
    expect(late).toBeGreaterThan(0);
    await look(page, 'record-desktop-en');

    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    // From the tabs on, one key reaches the calendar: the month that was paid last.
    await page.getByRole('tab', { name: 'Pension' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Home');
    expect(await focused()).toMatch(/^January\u00a0\d{4} /);
    const year = Number(/\d{4}/.exec((await focused()) ?? '')?.[0]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toContain(`March\u00a0${year - 1} `);
    await page
      .locator('.month-detail')
      .getByText(`March ${year - 1}`)
      .waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Month before');
    await page.keyboard.press('Enter');
    expect(await focused()).toContain(`February\u00a0${year - 1} `);
    await look(page, 'record-month-desktop-en');

    await page.getByRole('tab', { name: 'Pension' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('of medical insurance').waitFor();
  });

  test('is read by who likes large type and high contrast', async () => {
    await using visit = await pages.visit();
    const page = await visit.open('/wallet/');
    await page.evaluate(() => {
      const settings = { language: 'zh', largeType: true, highContrast: true };
      localStorage.setItem('canbao-settings', JSON.stringify(settings));
    });
    await page.goto(`${pages.url}/wallet/#/record`);
    await page.reload();
    await recoverSample(page, 'steady-employee', zh);
    await page.getByRole('button', { name: '领取我的记录' }).click();
    await page.getByText('由本页直接向区块链核对').waitFor();
    await page.locator('.calendar__cell[tabindex="0"]').click();
    await look(page, 'record-phone-zh-large-contrast');
    await page.goto(`${pages.url}/wallet/#/settings`);
    await page.getByRole('heading', { name: '自动上锁' }).waitFor();
    await look(page, 'settings-phone-zh-large-contrast');
  });
});
