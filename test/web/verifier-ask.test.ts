import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canbao } from '../cli/canbao.ts';
import { lookAt } from './support/look.ts';
import {
  chromium,
  openPages,
  type PagesUnderTest,
  type ScreenName,
  strangers,
} from './support/pages.ts';
import { type SampleAnswers, sampleAnswers } from './support/sample-answers.ts';
import { recoverSample, walletWords } from './support/wallet.ts';

/** The employer of the sample's `steady-employee`. */
const EMPLOYER = '91350213MA2C4P5543';

const words = {
  zh: {
    ask: /提出要求/,
    use: /考试、签证、移民：近3个月缴费/,
    purpose: '事由',
    why: '某某大学 2026 年报名',
    next: '下一步',
    show: '出示二维码',
    waiting: '正在等待对方回答',
    holds: '成立',
    text: /有效：截至2026年10月的记录满足请求/,
    development: /使用开发密钥/,
    others: ['招投标：本单位近3个月在职缴费', '购房：在本市连续缴费60个月'],
  },
  en: {
    ask: /Ask for a proof/,
    use: /Exam, visa or migration: the last 3 months/,
    purpose: 'What for',
    why: 'University of Somewhere, 2026',
    next: 'Continue',
    show: 'Show the QR code',
    waiting: 'Waiting for the answer',
    holds: 'It holds',
    text: /Valid: the record as of 2026-10 satisfies the request/,
    development: /Development keys/,
    others: ['Tender: staff of this employer for 3 months', 'House purchase'],
  },
} as const;

describe.skipIf(chromium === undefined)('asking for a proof', () => {
  let pages: PagesUnderTest;
  let people: SampleAnswers;
  let home: string;
  /** Of a bank that may ask in its own name. */
  let key: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'canbao-verifier-page-'));
    const bank = ['--audience', 'https://bank.test', '--name', 'A bank'];
    ({ key } = (await canbao(['verifier', 'add', ...bank, '--home', home])).json);
    pages = await openPages({ CANBAO_HOME: home });
    people = sampleAnswers(pages.url);
  });
  afterAll(async () => {
    await people?.[Symbol.asyncDispose]();
    await pages?.[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  const look = (page: Page, name: string) => lookAt(page, `verifier-${name}`);

  const link = (page: Page) => page.locator('.link-line a').innerText();

  for (const [language, screen] of [
    ['zh', 'phone'],
    ['en', 'desktop'],
  ] as const satisfies readonly (readonly ['zh' | 'en', ScreenName])[]) {
    test(`asked, answered by somebody, the verdict live; in ${language} on a ${screen}`, async () => {
      const text = words[language];
      await using visit = await pages.visit({ language, screen });
      const page = await visit.open('/verifier/');
      await look(page, `home-${screen}-${language}`);
      await page.getByRole('link', { name: text.ask }).click();
      await page.getByRole('link', { name: text.use }).waitFor();
      await look(page, `uses-${screen}-${language}`);
      await page.getByRole('searchbox').fill('visa');
      for (const other of text.others) expect(await page.getByText(other).count()).toBe(0);
      await page.getByRole('link', { name: text.use }).click();
      // Nothing is sent that the holder would refuse.
      await page.getByRole('button', { name: text.next }).click();
      await page.locator('.field__error').waitFor();
      await look(page, `form-errors-${screen}-${language}`);
      await page.getByRole('textbox', { name: text.purpose }).fill(text.why);
      await page.getByRole('button', { name: text.next }).click();
      await page.getByRole('button', { name: text.show }).waitFor();
      await look(page, `preview-${screen}-${language}`);
      await page.getByRole('button', { name: text.show }).click();
      await page.getByText(text.waiting).waitFor();
      await page.locator('svg.qr').waitFor();
      await look(page, `waiting-${screen}-${language}`);

      const asked = await link(page);
      // The tab remembers what it asked, and nobody else does.
      await page.reload();
      await page.getByText(text.waiting).waitFor();
      expect(await link(page)).toBe(asked);
      expect(await people.answer('steady-employee', asked)).toMatchObject({ verified: true });
      await page.locator('.verdict__word', { hasText: text.holds }).waitFor();
      await page.getByText(text.text).waitFor();
      await page.getByText(text.development).first().waitFor();
      await look(page, `answered-${screen}-${language}`);
      expect(strangers(visit.watch, pages.url)).toEqual([]);
      expect(visit.watch.said).toEqual([]);
    });
  }

  test('an employer checks a hire; who declines is told of, and may answer yet', async () => {
    await using visit = await pages.visit({ language: 'zh' });
    const page = await visit.open('/verifier/#/hire');
    const employer = page.getByLabel('本单位统一社会信用代码');
    await employer.fill('91350213MA2C4P5544');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.locator('.field__error').waitFor();
    await look(page, 'hire-errors-phone-zh');
    await employer.fill(EMPLOYER);
    await page.getByLabel('在这台电脑上记住单位代码').check();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText(`单位${EMPLOYER}`).first().waitFor();
    await page.getByRole('button', { name: '出示二维码' }).click();
    await page.locator('svg.qr').waitFor();

    const asked = await link(page);
    const answer = await fetch(`${asked.replace('/r/', '/v1/requests/')}/response`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ error: 'access_denied' }),
    });
    expect(answer.ok).toBe(true);
    await page.getByText('对方表示暂不提供').waitFor();
    await look(page, 'declined-phone-zh');
    await people.answer('steady-employee', asked);
    await page.locator('.verdict__word', { hasText: '成立' }).waitFor();
    await page.getByRole('link', { name: '再提一次' }).click();
    expect(await employer.inputValue()).toBe(EMPLOYER);
    await page.getByLabel('在这台电脑上记住单位代码').uncheck();
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });

  test('a key asks in its owner’s name, and is nowhere once the page is loaded anew', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const page = await visit.open('/verifier/#/ask/insured-now');
    await page.getByRole('textbox', { name: 'What for' }).fill('A loan');
    await page.getByText('Ask in your own organisation').click();
    await page.getByLabel('API key').fill('something else');
    await page.getByText('A key begins with cbv_').waitFor();
    await page.getByLabel('API key').fill(key);
    await look(page, 'key-phone-en');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Whoever the key belongs to').waitFor();
    await page.getByRole('button', { name: 'Show the QR code' }).click();
    await page.getByText('https://bank.test').waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    );
    expect(kept).toContain('https://bank.test');
    expect(kept).not.toContain(key);
    await page.goto(`${pages.url}/verifier/#/ask/insured-now`);
    await page.reload();
    await page.getByText('Ask in your own organisation').click();
    expect(await page.getByLabel('API key').inputValue()).toBe('');
  });

  test('each person once: who proves it again is told, and is not counted', async () => {
    await using visit = await pages.visit();
    const page = await visit.open('/verifier/#/ask/insured-now');
    const ask = async () => {
      await page.getByRole('textbox', { name: '事由' }).fill('高温补贴 2026');
      await page.getByLabel('每人只算一次').check();
      await page.getByRole('button', { name: '下一步' }).click();
      await page.getByText('同一个人就同一事由第二次出示时不予接受').waitFor();
      await page.getByRole('button', { name: '出示二维码' }).click();
      await page.locator('svg.qr').waitFor();
      return link(page);
    };
    expect(await people.answer('steady-employee', await ask())).toMatchObject({ verified: true });
    await page.locator('.verdict__word', { hasText: '成立' }).waitFor();
    await page.getByRole('link', { name: '再提一次' }).click();
    const again = await ask();

    await using holder = await pages.visit();
    const wallet = await holder.open(`/wallet/#/r/${again.split('/').at(-1)}`);
    await recoverSample(wallet, 'steady-employee', walletWords.zh);
    await wallet.getByRole('button', { name: '看完提醒再决定' }).click();
    await wallet.getByRole('button', { name: '我知道了，仍然证明' }).click();
    await wallet.getByText('您已经为这件事证明过一次了').waitFor();
    await lookAt(wallet, 'wallet-counted-phone-zh');
    // To the verifier nothing has happened: it still waits for somebody else.
    await page.getByText('正在等待对方回答').waitFor();
    expect(await page.locator('.verdict').count()).toBe(0);
    expect(await people.answer('moved-cities', again)).toMatchObject({ verified: true });
    await page.locator('.verdict__word', { hasText: '成立' }).waitFor();
  });

  test('a request is taken back, and is not asked for in another tab', async () => {
    await using visit = await pages.visit({ language: 'en', screen: 'desktop' });
    const page = await visit.open('/verifier/#/ask/house-purchase');
    await page.getByLabel('Code of the city').fill('350200');
    await page.getByText('Xiamen (350200)').waitFor();
    await page.getByRole('textbox', { name: 'What for' }).fill('A house');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Show the QR code' }).click();
    await page.locator('svg.qr').waitFor();
    const other = await visit.open(`/verifier/${new URL(page.url()).hash}`);
    await other.getByRole('heading', { name: 'This request is not here' }).waitFor();
    await look(other, 'gone-desktop-en');
    await page.getByRole('button', { name: 'Take this request back' }).click();
    await page.getByRole('heading', { name: 'This request was taken back' }).waitFor();
    await look(page, 'cancelled-desktop-en');
  });
});
