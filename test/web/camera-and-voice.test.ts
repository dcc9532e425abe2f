import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/errors/canbao-error.ts';
import { decodeAnyPresentation } from '../../src/request/any-request.ts';
import { encodePresentationCodes } from '../../src/request/presentation-code.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { shellTexts } from '../../web/src/shell/shell-texts.ts';
import { startTexts } from '../../web/src/start/texts.ts';
import { checkTexts } from '../../web/src/verifier/check/check-texts.ts';
import { setupTexts } from '../../web/src/wallet/setup/texts.ts';
import { callingUrl } from '../support/call-service.ts';
import { launchWithCamera } from './support/camera.ts';
import { lookAt } from './support/look.ts';
import { chromium, newVisit, openPages, type PagesUnderTest, type Visit } from './support/pages.ts';
import { sampleAnswers } from './support/sample-answers.ts';
import { canSpeak, launchWithVoices } from './support/speech.ts';
import { recoverSample, walletWords } from './support/wallet.ts';

const ROLE = 'steady-employee';

/** One browser sees, in turn: the request of a verifier, and both codes of a proof too long for one. */
describe.skipIf(chromium === undefined)('with the camera', () => {
  let pages: PagesUnderTest;
  let folder: string;
  let browser: Browser;
  let codes: string[];
  beforeAll(async () => {
    pages = await openPages();
    const call = callingUrl(pages.url);
    const ask = async (body: object) => (await call('POST', '/v1/requests', { body })).body;
    const preset = ['rent-subsidy-6m', 'rent-subsidy-12m', 'exam-last-3m'];
    const asked = await ask({ preset: 'rent-subsidy-6m', purpose: '租房补贴' });
    const set = await ask({ preset, mode: 'all', purpose: '贷款' });
    await using people = sampleAnswers(pages.url);
    const proof = await people.present(ROLE, set.request);
    codes = encodePresentationCodes(
      decodeAnyPresentation(proof, statementRegistry),
      statementRegistry,
    );
    folder = await mkdtemp(join(tmpdir(), 'canbao-camera-'));
    browser = await launchWithCamera(join(folder, 'seen.y4m'), [
      `${pages.url}/r/${asked.id}`,
      ...codes,
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.[Symbol.asyncDispose]();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const visitWithCamera = async (): Promise<Visit> => {
    const visit = await newVisit(browser, pages.url);
    await visit.context.grantPermissions(['camera']);
    return visit;
  };

  test('the wallet finds the request, whatever else it sees', async () => {
    await using visit = await visitWithCamera();
    const page = await visit.open('/wallet/#/open');
    await recoverSample(page, ROLE, walletWords.zh);
    await page.getByRole('button', { name: '打开相机扫码' }).click();
    await page.getByRole('heading', { name: '有人请您证明' }).waitFor();
    await page.getByText('租房补贴').first().waitFor();
  });

  test('the verifier takes a proof of several codes, one after another', async () => {
    expect(codes.length).toBe(2);
    await using visit = await visitWithCamera();
    const page = await visit.open('/verifier/#/check');
    await page.getByRole('tab', { name: '扫码' }).click();
    await page.getByRole('button', { name: '打开相机扫码' }).click();
    await page.getByText(checkTexts.zh.soFar(1, 2)).waitFor();
    await lookAt(page, 'camera-verifier-phone-zh');
    await page.getByText('自称出具给').waitFor();
    await page.getByText('暂不核对').click();
    await page.getByRole('button', { name: '核验', exact: true }).click();
    await page.locator('.verdict').getByText('成立', { exact: true }).waitFor();
  });

  test('the same codes pasted one by one', async () => {
    await using visit = await pages.visit({ screen: 'desktop' });
    const page = await visit.open('/verifier/#/check');
    await page.getByRole('tab', { name: '粘贴' }).click();
    const paste = async (text: string) => {
      await page.getByLabel('粘贴证明内容').fill(text);
      await page.getByRole('button', { name: '读取' }).click();
    };
    const [first = '', second = ''] = codes;
    await paste(second);
    await page.getByText(checkTexts.zh.soFar(1, 2)).waitFor();
    await paste(`${first.slice(0, -3)}AAA`);
    await page.getByText('出示文件格式错误：编码有误或不完整').waitFor();
    await lookAt(page, 'codes-pasted-desktop-zh');
    await paste(first);
    await page.getByText('自称出具给').waitFor();
  });

  test('who does not let a page use the camera is told what to do', async () => {
    await using visit = await newVisit(browser, pages.url);
    const page = await visit.open('/wallet/#/open');
    await recoverSample(page, ROLE, walletWords.zh);
    await page.getByRole('button', { name: '打开相机扫码' }).click();
    await page.getByText('请在浏览器的设置里允许本网站使用相机').waitFor();
    await page.getByRole('button', { name: '打开相机扫码' }).waitFor();
    await page.getByRole('button', { name: '选择一张图片' }).waitFor();
    await lookAt(page, 'camera-denied-phone-zh');
  });

  describe.skipIf(!canSpeak)('and the voice', () => {
    const read = async (page: Page, language: Language) => {
      const { settings, readAloud } = shellTexts[language];
      await page.getByRole('button', { name: settings }).click();
      await page.getByRole('button', { name: readAloud }).click();
    };
    const silent = (page: Page, language: Language) =>
      page.getByText(shellTexts[language].reading).waitFor({ state: 'detached' });
    /** Letters and figures: what a voice says. */
    const said = (texts: readonly string[]) => texts.join('').replace(/[^\p{L}\p{N}]/gu, '');

    test('says what the screen says, in its language', async () => {
      await using voices = await launchWithVoices({ zh: 'cmn', en: 'en-gb' });
      for (const language of ['zh', 'en'] as const) {
        await using visit = await newVisit(voices.browser, pages.url, { language });
        const page = await visit.open('/');
        const before = (await voices.heard()).length;
        await read(page, language);
        await page.getByText(shellTexts[language].reading).waitFor();
        if (language === 'zh') await lookAt(page, 'reading-phone-zh');
        await silent(page, language);
        const heard = (await voices.heard()).slice(before);
        // The name of the list of doors is for who does not see that they are one.
        const { doors: _, ...shown } = startTexts[language];
        expect(said(heard)).toBe(said(Object.values(shown).flat()));
        expect(visit.watch.said).toEqual([]);
      }
    });

    test('falls silent where the screen or the page is left, or at a press', async () => {
      await using voices = await launchWithVoices({ zh: 'cmn' });
      await using visit = await newVisit(voices.browser, pages.url);
      const page = await visit.open('/');
      const leaves = async (leave: () => Promise<void>) => {
        const before = (await voices.heard()).length;
        await read(page, 'zh');
        await expect
          .poll(async () => (await voices.heard()).length, { timeout: 20_000 })
          .toBeGreaterThan(before);
        await leave();
        await silent(page, 'zh');
        const after = (await voices.heard()).length;
        await setTimeout(1500);
        // One that had begun may come to its end.
        expect((await voices.heard()).length).toBeLessThanOrEqual(after + 1);
      };
      await leaves(() => page.getByRole('button', { name: '停止朗读' }).click());
      await leaves(async () => {
        await page.getByRole('link', { name: startTexts.zh.holder }).click();
        await page.getByRole('heading', { name: setupTexts.zh.welcome }).waitFor();
      });
      await leaves(() => page.getByRole('link', { name: setupTexts.zh.isNew }).click());
      // Nobody is offered what no voice of theirs can do.
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('button', { name: shellTexts.en.settings }).click();
      await page.getByRole('checkbox', { name: shellTexts.en.largeType }).waitFor();
      expect(await page.getByRole('button', { name: shellTexts.en.readAloud }).count()).toBe(0);
    });
  });
});
