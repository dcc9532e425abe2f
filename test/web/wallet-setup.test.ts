import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { newMnemonic, seedFromMnemonic } from '../../src/holder/mnemonic.ts';
import { sampleMnemonic, samplePeople } from '../../src/service/sample-ledger.ts';
import { lookAt } from './support/look.ts';
import { type BureauUnderTest, openBureauPages } from './support/operators.ts';
import { chromium, type PagesUnderTest, screenshot } from './support/pages.ts';
import {
  addFingerprint,
  choosePassphrase,
  everythingKept,
  PASSPHRASE,
  recover,
  unlock,
  walletWords,
} from './support/wallet.ts';

const { zh, en } = walletWords;

const look = (page: Page, name: string) => lookAt(page, `wallet-${name}`);

/** The commitment a wallet asks the bureau to enrol. */
async function enrolledCommitment(page: Page): Promise<string> {
  await page.evaluate(() => {
    location.hash = '#/enrolment';
  });
  const text = await page.locator('p.mono').textContent();
  return JSON.parse(text ?? '').commitment;
}

const commitmentOf = (mnemonic: string) =>
  String(deriveHolderKeys(seedFromMnemonic(mnemonic)).commitment);

describe.skipIf(chromium === undefined)('a wallet', () => {
  let bureau: BureauUnderTest;
  let pages: PagesUnderTest;
  beforeAll(async () => {
    bureau = await openBureauPages();
    pages = bureau.pages;
  });
  afterAll(() => bureau?.[Symbol.asyncDispose]());

  test('is made with twelve words, and nothing of them can be read on the device', async () => {
    await using visit = await pages.visit();
    const page = await visit.open('/wallet/');
    await look(page, 'welcome-phone-zh');
    await page.getByRole('link', { name: '我是第一次使用' }).click();
    await page.getByRole('list', { name: '恢复词' }).waitFor();
    const words = await page.locator('.words__text').allTextContents();
    expect(words).toHaveLength(12);
    await look(page, 'words-phone-zh');
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'wallet-words-print-zh');
    await page.emulateMedia({ media: 'screen' });

    await page.getByRole('link', { name: '我抄好了' }).click();
    for (const question of [1, 2, 3]) {
      await page.getByText(`这是第 ${question} 题`).waitFor();
      const title = await page.locator('h1').textContent();
      const word = words[Number(/\d+/.exec(title ?? '')?.[0]) - 1] ?? '';
      const options = await page.locator('.word-options button').allTextContents();
      if (question === 1) {
        const wrong = options.find((option) => option !== word) ?? '';
        await page.getByRole('button', { name: wrong, exact: true }).click();
        await page.getByText('和刚才显示的不一样').waitFor();
        await look(page, 'confirm-phone-zh');
      }
      if (question === 2) {
        await page.getByText('不选，自己输入').click();
        await page.locator('main input').fill(word);
        await page.getByRole('button', { name: '确定' }).click();
      } else {
        await page.getByRole('button', { name: word, exact: true }).click();
      }
    }

    const passphrase = page.getByLabel(zh.newPassphrase, { exact: true });
    await passphrase.fill('1234');
    await page.getByRole('button', { name: zh.done, exact: true }).click();
    await page.getByText('口令太短').waitFor();
    await passphrase.fill('12345678');
    await page.getByText('容易被猜到').waitFor();
    await look(page, 'lock-phone-zh');
    await choosePassphrase(page, zh);
    await page.getByText('钱包已建好').waitFor();
    await look(page, 'home-new-phone-zh');

    const mnemonic = words.join(' ');
    expect(await enrolledCommitment(page)).toBe(commitmentOf(mnemonic));
    await look(page, 'enrolment-phone-zh');
    await page.getByRole('button', { name: '我登记好了' }).click();
    await page.getByText('还没有登记', { exact: true }).waitFor();

    const kept = await everythingKept(page);
    const { scalar, nullifierKey } = deriveHolderKeys(seedFromMnemonic(mnemonic));
    expect(kept).toContain('canbao/wallet@1');
    for (const secret of [mnemonic, words.join(''), scalar, nullifierKey].map(String)) {
      expect(kept).not.toContain(secret);
    }
    for (const key of [scalar, nullifierKey]) expect(kept).not.toContain(key.toString(16));

    await page.reload();
    await page.getByRole('heading', { name: '打开钱包' }).waitFor();
    await unlock(page, zh, 'not the passphrase');
    await page.getByText('口令不对').waitFor();
    await look(page, 'unlock-phone-zh');
    await unlock(page, zh);
    // Where the address led before it was locked.
    await page.getByRole('heading', { name: '到经办机构登记' }).waitFor();
  });

  test('comes back on another device: by words, and by a recovery file', async () => {
    const mnemonic = newMnemonic('en');
    await using first = await pages.visit({ language: 'en', screen: 'desktop' });
    const page = await first.open('/wallet/#/enrolment');
    await page.getByText('First the wallet').waitFor();
    await page.getByRole('link', { name: en.hadOne }).click();
    await page.getByLabel('Word 1', { exact: true }).fill('abandn');
    await page.getByLabel('Word 2', { exact: true }).focus();
    await page.getByText('Is it “abandon”?').waitFor();
    await look(page, 'recover-desktop-en');
    // Pasted into the first field, they go where they belong; two of them changed places.
    const swapped = mnemonic.split(' ').reverse().join(' ');
    await page.getByLabel('Word 1', { exact: true }).fill(swapped);
    expect(await page.getByLabel('Word 12').inputValue()).toBe(mnemonic.split(' ')[0]);
    await page.goBack();
    await recover(page, mnemonic, en);
    await page.getByRole('heading', { name: 'Enrol at the bureau' }).waitFor();
    expect(await enrolledCommitment(page)).toBe(commitmentOf(mnemonic));
    await look(page, 'enrolment-desktop-en');

    await page.goto(`${pages.url}/wallet/#/settings/file`);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the recovery file' }).click();
    const path = await (await saving).path();
    expect(await readFile(path, 'utf8')).not.toContain(mnemonic.split(' ')[0]);

    await using second = await pages.visit({ language: 'en' });
    const other = await second.open('/wallet/');
    await other.getByRole('link', { name: en.hadOne }).click();
    await other.getByRole('link', { name: 'I have a recovery file' }).click();
    await other.locator('input[type=file]').setInputFiles(path);
    await other.getByLabel(en.passphrase, { exact: true }).fill(PASSPHRASE);
    await look(other, 'recover-file-phone-en');
    await other.getByRole('button', { name: 'Recover', exact: true }).click();
    await other.getByText('Your wallet is back').waitFor();
    expect(await enrolledCommitment(other)).toBe(commitmentOf(mnemonic));
  });

  test('is told how its key stands: not enrolled, waiting for a month, replaced', async () => {
    const [mine, people] = [newMnemonic('en'), await samplePeople()];
    const { idNumber } = people.find(({ role }) => role === 'moved-cities') ?? {};
    await using visit = await pages.visit({ language: 'en' });
    const page = await visit.open('/wallet/#/enrolment');
    await recover(page, mine, en);
    const ask = async (on: Page, answer: string) => {
      await on.getByRole('button', { name: 'I have been enrolled' }).click();
      await on.getByText(answer, { exact: true }).waitFor();
    };
    await ask(page, 'Not enrolled yet');
    const enrolment = JSON.parse((await page.locator('p.mono').textContent()) ?? '');
    const { status } = await fetch(`${pages.url}/v1/bureau/enrolments`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await bureau.token(['clerk'])}`,
      },
      body: JSON.stringify({ idNumber, enrolment }),
    });
    expect(status).toBe(200);
    await ask(page, 'Enrolled; the month is not closed yet');
    await look(page, 'enrolment-waiting-phone-en');

    await using old = await pages.visit({ language: 'en' });
    const before = await old.open('/wallet/#/enrolment');
    await recover(before, sampleMnemonic('moved-cities'), en);
    await ask(before, 'This key no longer counts');
    await look(before, 'enrolment-replaced-phone-en');
  });

  test('is unlocked by the device itself, and only by it', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const page = await visit.context.newPage();
    await addFingerprint(visit.context, page);
    await page.goto(`${pages.url}/wallet/`);
    const mnemonic = newMnemonic('en');
    await page.getByRole('link', { name: en.hadOne }).click();
    await page.getByText(en.pasteAll).click();
    await page.getByLabel(en.pasted).fill(mnemonic);
    await page.getByRole('button', { name: en.goOn }).click();
    await page.getByText('Fingerprint, face or screen lock').click();
    await look(page, 'lock-device-phone-en');
    await page.getByRole('button', { name: en.done, exact: true }).click();
    await page.getByText('Your wallet is back').waitFor();
    expect(await everythingKept(page)).not.toContain(mnemonic);

    await page.getByRole('button', { name: 'Lock the wallet' }).click();
    await look(page, 'unlock-device-phone-en');
    await page.getByRole('button', { name: 'With fingerprint, face or screen lock' }).click();
    await page.getByRole('heading', { name: en.home }).waitFor();
    expect(await enrolledCommitment(page)).toBe(commitmentOf(mnemonic));

    // The words again, then gone from this device.
    await page.goto(`${pages.url}/wallet/#/settings/words`);
    await page.getByRole('button', { name: 'With fingerprint, face or screen lock' }).click();
    await page.getByRole('list', { name: 'Recovery words' }).waitFor();
    expect((await page.locator('.words__text').allTextContents()).join(' ')).toBe(mnemonic);
    await page.goto(`${pages.url}/wallet/#/settings/remove`);
    await page.getByLabel('Type “remove wallet” to confirm').fill('remove wallet');
    await page.getByRole('button', { name: 'Remove from this device' }).click();
    await page.getByRole('heading', { name: 'Welcome to your wallet' }).waitFor();
    expect(await everythingKept(page)).not.toMatch(/ciphertext/);
  });
});
