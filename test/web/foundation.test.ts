import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageSizes } from '../../scripts/build-pages.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import { axeFindings } from './support/axe.ts';
import {
  chromium,
  openPages,
  type PagesUnderTest,
  SCREENS,
  type ScreenName,
  screenshot,
  strangers,
} from './support/pages.ts';

const PAGES = {
  start: '/',
  wallet: '/wallet/',
  verifier: '/verifier/',
  bureau: '/bureau/',
  ledger: '/ledger/',
};
const LANGUAGES = ['zh', 'en'] as const;
/** Bytes of the wallet's start, compressed: docs/pages.md. */
const WALLET_BUDGET = 120_000;

const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
];

describe.skipIf(chromium === undefined)('the pages', () => {
  let pages: PagesUnderTest;
  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.[Symbol.asyncDispose]());

  for (const language of LANGUAGES) {
    for (const screen of Object.keys(SCREENS) as ScreenName[]) {
      test(`open in ${language} on a ${screen}, accessible, asking nobody else`, async () => {
        await using visit = await pages.visit({ language, screen });
        for (const [name, path] of Object.entries(PAGES)) {
          const page = await visit.open(path);
          expect(await page.locator('html').getAttribute('lang')).toMatch(language);
          expect(await page.title()).toContain('参保 Canbao');
          expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
          // Nothing beside the screen: no scrolling sideways.
          const overflow = () =>
            document.documentElement.scrollWidth - document.documentElement.clientWidth;
          expect(await page.evaluate(overflow), name).toBe(0);
          expect(await axeFindings(page), name).toEqual([]);
          await screenshot(page, `${name}-${screen}-${language}`);
          await page.close();
        }
        expect(strangers(visit.watch, pages.url)).toEqual([]);
        expect(visit.watch.said).toEqual([]);
      });
    }
  }

  test('have a strict policy, and assets for ever', async () => {
    const html = await fetch(`${pages.url}/wallet/`);
    expect(html.headers.get('content-security-policy')?.split(';')).toEqual(POLICY);
    expect(html.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(html.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(html.headers.get('cache-control')).toBe('no-cache');
    const [asset] = /\/assets\/[\w-]+\.css/.exec(await html.text()) ?? [];
    const style = await fetch(`${pages.url}${asset}`, { headers: { 'accept-encoding': 'br' } });
    expect(style.headers.get('cache-control')).toContain('immutable');
    expect(style.headers.get('content-encoding')).toBe('br');
    // A worker has the policy of its own file, and not the page’s.
    expect(style.headers.get('content-security-policy')?.split(';')).toEqual(POLICY);
    expect((await fetch(`${pages.url}/../package.json`)).status).toBe(404);
  });

  test('remember language, size and contrast, all pages alike', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const page = await visit.open('/wallet/');
    const html = page.locator('html');
    const size = () => page.evaluate(() => getComputedStyle(document.body).fontSize);
    expect(await size()).toBe('18px');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: '大字显示' }).click();
    await page.getByRole('button', { name: '显示设置' }).click();
    await page.getByLabel('高对比度').check();
    expect(await axeFindings(page)).toEqual([]);
    await screenshot(page, 'settings-phone-zh');
    await page.getByRole('button', { name: '关闭' }).click();
    for (const path of ['/wallet/', '/verifier/']) {
      await page.goto(`${pages.url}${path}`);
      await page.locator('h1').waitFor();
      expect(await html.getAttribute('lang')).toBe('zh-CN');
      expect(await size()).toBe('22px');
      expect(await html.getAttribute('data-contrast')).toBe('high');
      expect(await axeFindings(page)).toEqual([]);
    }
    await page.goto(`${pages.url}/`);
    await page.locator('h1').waitFor();
    await screenshot(page, 'start-phone-zh-large-contrast');
  });

  test('are used with the keyboard alone', async () => {
    await using visit = await pages.visit({ language: 'en', screen: 'desktop' });
    const page = await visit.open('/');
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('I have an insurance record');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/wallet/');
  });

  test('a request’s link opens the wallet, and tells the server no more than it knows', async () => {
    const answer = await fetch(`${pages.url}/r/abcdefghijklmnopqrstuv`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('/wallet/#/r/abcdefghijklmnopqrstuv');
  });

  test('the wallet’s first load is within its budget, and it opens off line', async ({
    annotate,
  }) => {
    await using visit = await pages.visit();
    const page = await visit.context.newPage();
    const loads: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      loads.push(request.sizes().then((sizes) => sizes.responseBodySize));
    });
    await page.goto(`${pages.url}/wallet/`, { waitUntil: 'load' });
    await page.locator('h1').waitFor();
    const bytes = (await Promise.all(loads)).reduce((sum, one) => sum + one, 0);
    const file = await readFile(join(packageRoot, 'build', 'web', 'sizes.json'), 'utf8');
    const { firstLoad } = JSON.parse(file) as PageSizes;
    expect(bytes).toBeGreaterThan(5000);
    expect(bytes).toBeLessThanOrEqual(WALLET_BUDGET);
    expect(firstLoad.wallet?.brotli).toBeLessThanOrEqual(WALLET_BUDGET);
    await annotate(`the wallet’s first load: ${bytes} bytes`);

    const isKept = () => navigator.serviceWorker.ready.then(({ active }) => active !== null);
    expect(await page.evaluate(isKept)).toBe(true);
    await visit.context.setOffline(true);
    await page.reload();
    await page.locator('h1').waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });
});
