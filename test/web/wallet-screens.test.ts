import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goTo, lookAt } from './support/look.ts';
import {
  chromium,
  openPages,
  type PagesUnderTest,
  SCREENS,
  type ScreenName,
} from './support/pages.ts';
import { choosePassphrase, walletWords } from './support/wallet.ts';

/** Behind the lock: what there is without a request. */
const OPEN = [
  ...['/', '/enrolment', '/record', '/history', '/open'],
  ...['/settings', '/settings/unlocking', '/settings/words', '/settings/file', '/settings/remove'],
];

describe.skipIf(chromium === undefined)('every screen of the wallet', () => {
  let pages: PagesUnderTest;
  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.[Symbol.asyncDispose]());

  const look = (page: Page, name: string) => lookAt(page, `wallet-screen-${name}`);
  async function go(page: Page, path: string): Promise<void> {
    const before = await page.locator('h1').textContent();
    await goTo(page, path);
    await page
      .locator('h1')
      .filter({ hasNotText: before ?? '' })
      .waitFor();
  }

  for (const language of ['zh', 'en'] as const) {
    for (const screen of Object.keys(SCREENS) as ScreenName[]) {
      test(`in ${language} on a ${screen}: nothing axe minds, nothing beside the screen`, async () => {
        await using visit = await pages.visit({ language, screen });
        const page = await visit.open('/wallet/');
        const words = walletWords[language];
        await look(page, `welcome-${screen}-${language}`);
        await go(page, '/?step=recover');
        await look(page, `recover-${screen}-${language}`);
        await go(page, '/?step=file');
        await look(page, `file-${screen}-${language}`);
        await go(page, '/?step=words');
        const mnemonic = await page.locator('.words__text').allTextContents();
        await look(page, `words-${screen}-${language}`);
        await go(page, '/?step=confirm');
        for (let question = 1; question <= 3; question++) {
          const title = await page.locator('h1').textContent();
          const word = mnemonic[Number(/\d+/.exec(title ?? '')?.[0]) - 1] ?? '';
          if (question === 1) await look(page, `confirm-${screen}-${language}`);
          await page.getByRole('button', { name: word, exact: true }).click();
          await page
            .locator('h1')
            .filter({ hasNotText: title ?? '' })
            .waitFor();
        }
        await look(page, `lock-${screen}-${language}`);
        await choosePassphrase(page, words);
        for (const path of OPEN) {
          if (path !== '/') await go(page, path);
          await page.locator('.spinner').waitFor({ state: 'detached' });
          await look(page, `${path.slice(1).replace('/', '-') || 'home'}-${screen}-${language}`);
        }
        expect(visit.watch.said).toEqual([]);
      });
    }
  }

  test('locks by itself only when its owner wants that', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const page = await visit.context.newPage();
    await page.clock.install();
    await page.goto(`${pages.url}/wallet/`);
    await page.getByRole('link', { name: walletWords.en.hadOne }).click();
    await page.getByText(walletWords.en.pasteAll).click();
    await page
      .getByLabel(walletWords.en.pasted)
      .fill('legal winner thank year wave sausage worth useful legal winner thank yellow');
    await page.getByRole('button', { name: walletWords.en.goOn }).click();
    await choosePassphrase(page, walletWords.en);
    await page.clock.fastForward('10:00:00');
    await page.getByRole('link', { name: 'Wallet settings' }).click();
    await page.getByText('5 minutes').click();
    await page.clock.fastForward('04:00');
    await page.getByRole('heading', { name: 'Wallet settings' }).click();
    await page.clock.fastForward('04:00');
    await page.getByRole('heading', { name: 'Wallet settings' }).waitFor();
    await page.clock.fastForward('02:00');
    await page.getByRole('heading', { name: 'Unlock the wallet' }).waitFor();
  });
});
