import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/errors/canbao-error.ts';
import { samplePeople } from '../../src/service/sample-ledger.ts';
import { enrolTexts } from '../../web/src/bureau/enrolment/texts.ts';
import { detailTexts } from '../../web/src/bureau/months/detail-texts.ts';
import { askTexts } from '../../web/src/verifier/ask/ask-texts.ts';
import { answerTexts } from '../../web/src/wallet/answer/answer-texts.ts';
import { openTexts } from '../../web/src/wallet/answer/open-texts.ts';
import { proofTexts } from '../../web/src/wallet/answer/proof-texts.ts';
import { enrolmentTexts } from '../../web/src/wallet/enrolment/texts.ts';
import { setupTexts } from '../../web/src/wallet/setup/texts.ts';
import { goTo } from './support/look.ts';
import { openBureauPages } from './support/operators.ts';
import { chromium, screenshot, strangers } from './support/pages.ts';
import { choosePassphrase, walletWords } from './support/wallet.ts';

const ROLE = 'steady-employee';
/** Holds whatever was paid in November. */
const PRESET = {
  zh: /未领取养老金和失业保险金/,
  en: /Receives no pension and no unemployment benefit/,
};
const HOLDS = { zh: '成立', en: 'It holds' };
const NOVEMBER = { zh: '2026年11月', en: 'November 2026' };
const MINUTES = 60_000;

/** Writes twelve words down and says three of them again. @returns the words */
async function makeWallet(page: Page, language: Language): Promise<string[]> {
  const texts = setupTexts[language];
  await page.getByRole('link', { name: texts.isNew }).click();
  await page.getByRole('list', { name: texts.wordsList }).waitFor();
  const words = await page.locator('.words__text').allTextContents();
  await page.getByRole('link', { name: texts.wordsDone }).click();
  for (const question of [1, 2, 3]) {
    await page.getByText(texts.confirmLead(question, 3)).waitFor();
    const place = Number(/\d+/.exec((await page.locator('h1').textContent()) ?? '')?.[0]);
    await page.getByRole('button', { name: words[place - 1] ?? '', exact: true }).click();
  }
  await choosePassphrase(page, walletWords[language]);
  return words;
}

/** One after another, with nothing but the pages: enrolled, closed, asked, agreed, proven, told. */
describe.skipIf(chromium === undefined)('the whole story', () => {
  test.each(['zh', 'en'] as const)('in %s', { timeout: 6 * MINUTES }, async (language) => {
    await using bureau = await openBureauPages();
    const { pages } = bureau;
    await using citizen = await pages.visit({ language });
    await using operator = await pages.visit({ language, screen: 'desktop' });
    await using asker = await pages.visit({ language, screen: 'desktop' });

    const wallet = await citizen.open('/wallet/');
    const words = await makeWallet(wallet, language);
    await goTo(wallet, '/enrolment');
    const enrolment = (await wallet.locator('p.mono').textContent()) ?? '';

    const desk = await operator.open(`/bureau/#token=${await bureau.token(['clerk', 'closer'])}`);
    const enrol = enrolTexts[language];
    await goTo(desk, '/enrolment');
    await desk.getByLabel(enrol.paste).fill(enrolment);
    await desk.getByRole('button', { name: enrol.readIt }).click();
    const person = (await samplePeople()).find(({ role }) => role === ROLE);
    await desk.getByLabel(enrol.idNumber).fill(person?.idNumber ?? '');
    await desk.getByLabel(enrol.checkedPerson).check();
    await desk.getByRole('button', { name: enrol.enrol, exact: true }).click();
    await desk.getByText(enrol.done, { exact: true }).waitFor();

    const { standings, check } = enrolmentTexts[language];
    await wallet.getByRole('button', { name: check }).click();
    await wallet.getByText(standings.waiting, { exact: true }).waitFor();
    await screenshot(wallet, `story-waiting-${language}`);

    const close = detailTexts[language];
    await goTo(desk, '/months/close');
    await desk.getByLabel(close.confirm).check();
    await desk.getByRole('button', { name: NOVEMBER[language] }).click();
    await desk.getByText(close.done(NOVEMBER[language])).waitFor({ timeout: 2 * MINUTES });
    await wallet.getByRole('button', { name: check }).click();
    await wallet.getByText(standings.ready, { exact: true }).waitFor({ timeout: MINUTES });
    await screenshot(wallet, `story-enrolled-${language}`);

    const ask = askTexts[language];
    const page = await asker.open('/verifier/#/ask');
    await page.getByRole('link', { name: PRESET[language] }).click();
    await page.getByRole('textbox', { name: ask.purpose }).fill('2026');
    await page.getByRole('button', { name: ask.next }).click();
    await page.getByRole('button', { name: ask.show }).click();
    const link = await page.locator('.link-line a').innerText();

    const open = openTexts[language];
    await goTo(wallet, '/open');
    await wallet.getByLabel(open.pasteLabel).fill(link);
    await wallet.getByRole('button', { name: open.open, exact: true }).click();
    const answer = answerTexts[language];
    await wallet.getByText(answer.learn, { exact: true }).waitFor();
    await wallet.getByText(answer.hidden, { exact: true }).waitFor();
    await wallet.getByRole('button', { name: answer.agreeRead }).click();
    await wallet.getByRole('button', { name: answer.agreeAnyway }).click();
    await wallet.getByText(proofTexts[language].accepted).waitFor({ timeout: 3 * MINUTES });
    await page.locator('.verdict__word', { hasText: HOLDS[language] }).waitFor();
    await screenshot(wallet, `story-handed-over-${language}`);
    await screenshot(page, `story-told-${language}`);

    for (const visit of [citizen, operator, asker]) {
      expect(strangers(visit.watch, pages.url)).toEqual([]);
    }
    const sent = citizen.watch.requests.map(({ url, body }) => `${url} ${body}`).join('\n');
    for (const secret of [words.join(' '), person?.idNumber ?? '?', person?.employer ?? '?']) {
      expect(sent).not.toContain(secret);
    }
  });
});
