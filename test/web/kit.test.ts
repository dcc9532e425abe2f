import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './support/axe.ts';
import { openExtraPage } from './support/extra-page.ts';
import { chromium, openPages, type PagesUnderTest, screenshot } from './support/pages.ts';

const LINK = 'https://canbao.example/r/abcdefghijklmnopqrstuv';

describe.skipIf(chromium === undefined)('the kit', () => {
  let pages: PagesUnderTest;
  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.[Symbol.asyncDispose]());

  for (const screen of ['phone', 'desktop'] as const) {
    test(`on a ${screen}: accessible as it is, in large type and in high contrast`, async () => {
      await using visit = await pages.visit({ screen });
      const page = await openExtraPage(visit.context, pages.url, 'kit-page');
      await page.getByRole('img', { name: '打开请求的二维码' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await screenshot(page, `kit-${screen}`);
      for (const [button, name] of [
        ['大字显示', 'large'],
        ['高对比度', 'contrast'],
      ] as const) {
        await page.getByRole('button', { name: '显示设置' }).click();
        await page.getByRole('checkbox', { name: button }).check();
        await page.getByRole('button', { name: '关闭' }).click();
        expect(await axeFindings(page), name).toEqual([]);
        const beside = () =>
          document.documentElement.scrollWidth - document.documentElement.clientWidth;
        expect(await page.evaluate(beside), name).toBe(0);
      }
      await screenshot(page, `kit-${screen}-large-contrast`);
      expect(visit.watch.said).toEqual([]);
    });
  }

  test('a place that is not there says so, and its title is heard', async () => {
    await using visit = await pages.visit();
    const page = await openExtraPage(visit.context, pages.url, 'kit-page');
    await page.evaluate(() => {
      location.hash = '#/nowhere/at/all';
    });
    await page.getByRole('heading', { name: '没有这个页面' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(await page.title()).toContain('没有这个页面');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: '回到首页' }).click();
    await page.getByRole('heading', { name: '组件一览' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  test('every control is large enough to be hit', async () => {
    await using visit = await pages.visit();
    const page = await openExtraPage(visit.context, pages.url, 'kit-page');
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, a[href], summary, label.choice, .input')]
        .filter((element) => !element.matches('.skip'))
        .map((element) => ({ what: element.textContent, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.height > 0 && (box.height < 44 || box.width < 44))
        .map(({ what, box }) => `${what}: ${box.width} × ${box.height}`),
    );
    expect(small).toEqual([]);
    const main = await page.getByRole('button', { name: '同意并出具证明' }).boundingBox();
    expect(main?.height).toBeGreaterThanOrEqual(60);
  });

  test('a QR code that is shown can be read from its picture; another picture says so', async () => {
    await using visit = await pages.visit();
    const page = await openExtraPage(visit.context, pages.url, 'kit-page');
    const code = page.getByRole('img', { name: '打开请求的二维码' });
    const give = async (buffer: Buffer) => {
      const file = { name: 'code.png', mimeType: 'image/png', buffer };
      await page.locator('input[accept="image/*"]').setInputFiles(file);
    };
    await give(await page.getByRole('heading', { level: 1 }).screenshot());
    await page.getByText('这张图片里没有找到二维码').waitFor();
    await give(await code.screenshot());
    await expect.poll(() => page.getByTestId('scanned').textContent()).toBe(LINK);
  });

  test('arrow keys go through tabs; a camera that is refused leaves a way on', async () => {
    await using visit = await pages.visit({ screen: 'desktop' });
    const page = await openExtraPage(visit.context, pages.url, 'kit-page');
    await page.getByRole('tab', { name: '按月' }).focus();
    await page.keyboard.press('ArrowRight');
    const second = page.getByRole('tab', { name: '按险种' });
    expect(await second.getAttribute('aria-selected')).toBe('true');
    expect(await second.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: '打开相机扫码' }).click();
    await page.getByText('无法使用相机').waitFor();
    await page.getByRole('button', { name: '选择一张图片' }).waitFor();
  });
});
