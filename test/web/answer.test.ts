import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeBundle, type HolderBundle } from '../../src/holder/bundle.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { encodeAnyPresentation } from '../../src/request/any-request.ts';
import { decodePresentationCodes } from '../../src/request/presentation-code.ts';
import { sampleMnemonic, sampleSeed } from '../../src/service/sample-ledger.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { secretTexts } from '../support/browser/secrets.ts';
import { type Call, callingUrl, logIn } from '../support/call-service.ts';
import { print } from './answer/printed.ts';
import { lookAt } from './support/look.ts';
import {
  chromium,
  openPages,
  type PagesUnderTest,
  SCREENS,
  screenshot,
  strangers,
  type Visit,
} from './support/pages.ts';
import { everythingKept, recoverSample, walletWords } from './support/wallet.ts';

const { zh, en } = walletWords;
const ROLE = 'steady-employee';

const look = (page: Page, name: string) => lookAt(page, `answer-${name}`);

/** Policy violations and uncaught errors; not what Chromium advises of password forms. */
function complaints({ watch }: Visit): string[] {
  return watch.said.filter((line) => !line.startsWith('[DOM]'));
}

describe.skipIf(chromium === undefined)('answering a request', () => {
  let pages: PagesUnderTest;
  let call: Call;
  let bundle: HolderBundle;
  beforeAll(async () => {
    pages = await openPages();
    call = callingUrl(pages.url);
    const token = await logIn(call, pages.url, deriveHolderKeys(sampleSeed(ROLE)));
    ({ body: bundle } = await call('GET', '/v1/bundle', { token }));
  });
  afterAll(() => pages?.[Symbol.asyncDispose]());

  interface Asked {
    readonly id: string;
    readonly token: string;
    readonly request: { readonly nonce: string };
  }
  const ask = async (body: object): Promise<Asked> => {
    const answer = await call('POST', '/v1/requests', { body });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  const outcome = async ({ id, token }: Asked) =>
    (await call('GET', `/v1/requests/${id}/verdict`, { token })).body;
  const go = (page: Page, path: string) => page.goto(`${pages.url}/wallet/#${path}`);

  test('consent, proof, verdict; then a second request that narrows; print; history', async () => {
    await using visit = await pages.visit();
    const first = await ask({ preset: 'rent-subsidy-6m', purpose: '2026 年度租房补贴' });
    const page = await visit.open(`/wallet/#/r/${first.id}`);
    await recoverSample(page, ROLE, zh);

    await page.getByRole('heading', { name: '有人请您证明' }).waitFor();
    const learn = page.locator('.told--learn');
    await learn.getByText('缴纳养老保险至少6个月').waitFor();
    await learn.getByText('同一个人为同一用途再来').waitFor();
    await page.locator('.told--hidden').getByText('您的缴费基数（工资）').waitFor();
    await look(page, 'consent-phone-zh');
    await page.setViewportSize(SCREENS.desktop);
    await look(page, 'consent-desktop-zh');
    await page.setViewportSize(SCREENS.phone);

    // Few people are in the sample: agreeing is a second act.
    await page.getByRole('button', { name: '看完提醒再决定' }).click();
    await page.getByText('这个账本里一共只有').waitFor();
    await look(page, 'few-phone-zh');
    expect((await outcome(first)).state).toBe('open');
    await page.getByRole('button', { name: '我知道了，仍然证明' }).click();
    await page.getByText('已交给对方：符合要求').waitFor({ timeout: 90_000 });
    await look(page, 'accepted-phone-zh');
    expect(await outcome(first)).toMatchObject({ state: 'answered', verdict: { verified: true } });

    // Printed, with a code to type.
    await page.getByRole('link', { name: /打印证明/ }).click();
    await page.getByRole('button', { name: '我同意，加上编码' }).click();
    const typed = await page.locator('.sheet__typed strong').innerText();
    await page.locator('.sheet .qr').first().waitFor();
    await look(page, 'certificate-phone-zh');
    const found = await call('GET', `/v1/certificates/${typed}`);
    const paper = await print(page);
    expect(paper.pages).toBe(1);
    expect(paper.codes.length).toBe(1);
    const read = encodeAnyPresentation(decodePresentationCodes(paper.codes, statementRegistry));
    expect(read).toEqual(found.body);
    const held = { presentation: read, request: first.request };
    const verdict = await call('POST', '/v1/presentations/verify', { body: held });
    expect(verdict.body).toMatchObject({ verified: true, audienceChecked: true });
    // One paper for readers of either language.
    for (const words of [
      ...[typed, '参保情况零知识证明', 'Zero-knowledge proof of insurance'],
      ...['缴纳养老保险至少6个月', 'pension insurance', '2026 年度租房补贴'],
      ...['2026年10月', 'October 2026', `${pages.url}/verifier/`],
    ]) {
      expect(paper.text).toContain(words.replaceAll(' ', ''));
    }
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'answer-certificate-print');
    await page.emulateMedia({ media: null });
    await page.setViewportSize(SCREENS.phone);
    await page.getByRole('link', { name: '返回' }).click();
    await page.getByText('二维码', { exact: true }).click();
    await page.locator('.qr').first().waitFor();
    await look(page, 'ways-phone-zh');

    // The same asker with other thresholds: what both tell together.
    const { account } = decodeBundle(bundle);
    const last = account.months.slice(-6).map(({ baseFen }) => BigInt(baseFen));
    const mean = last.reduce((sum, fen) => sum + fen, 0n) / 6n;
    const band = (min: bigint, max: bigint) => ({
      statement: 'contribution-base@1',
      params: {
        ...{ identityBefore: '0', months: '6', insurance: '0' },
        ...{ minBaseFen: `${min}`, maxBaseFen: `${max}` },
      },
    });
    const wide = await ask({ asks: [band(mean / 2n, mean + 100_000n)], purpose: '贷款 1' });
    const other = await ask({ asks: [band(mean - 100_000n, mean * 2n)], purpose: '贷款 2' });
    await go(page, `/r/${wide.id}`);
    await page.getByRole('button', { name: '看完提醒再决定' }).click();
    await page.getByRole('button', { name: '我知道了，仍然证明' }).click();
    await page.getByText('已交给对方：符合要求').waitFor({ timeout: 90_000 });
    await go(page, `/r/${other.id}`);
    await page.getByRole('button', { name: '看完提醒再决定' }).click();
    const yuan = (fen: bigint) =>
      (Number(fen / 100n) + Number(fen % 100n) / 100).toLocaleString('en-US', {
        minimumFractionDigits: 2,
      });
    await page
      .getByText(`在 ${yuan(mean - 100_000n)}\u2009元 至 ${yuan(mean + 100_000n)}\u2009元 之间`)
      .waitFor();
    await look(page, 'narrowing-phone-zh');
    await page.getByRole('button', { name: '不证明，回去看请求' }).click();
    await page.getByRole('button', { name: '不回答，告诉对方' }).click();
    await page.getByText('已告诉对方：您不回答').first().waitFor();
    expect((await outcome(other)).state).toBe('declined');

    await go(page, '/history');
    await page.getByText('已证明，通过').first().waitFor();
    await expect.poll(() => page.locator('.history > li').count()).toBe(3);
    await page.getByText('没有回答').waitFor();
    await look(page, 'history-phone-zh');
    expect(await everythingKept(page)).not.toContain('租房补贴');
    await page
      .getByRole('button', { name: /^删除 / })
      .first()
      .click();
    await page.getByRole('button', { name: '删除这一条' }).click();
    await expect.poll(() => page.locator('.history > li').count()).toBe(2);
    await page.getByRole('button', { name: '全部删除' }).click();
    await page.locator('dialog').getByRole('button', { name: '全部删除' }).click();
    await page.getByText('还没有任何请求').waitFor();
    await look(page, 'history-none-phone-zh');

    // Nothing private went out: neither keys nor words nor any value of the record. Who logs in says
    // which commitment they are, and what was asked and proven is public to who asked.
    const mnemonic = sampleMnemonic(ROLE);
    const keys = deriveHolderKeys(sampleSeed(ROLE));
    const told = JSON.stringify([first.request, wide, other, found.body, `${keys.commitment}`]);
    const words = mnemonic.split(' ');
    const secrets = secretTexts(mnemonic, keys, bundle).filter(
      (text) => !told.includes(text) && !words.includes(text),
    );
    expect(secrets.length).toBeGreaterThan(40);
    const { requests } = visit.watch;
    const betrays = (text: string, what: readonly string[]) =>
      what.some((one) => text.includes(one));
    expect(requests.some(({ body }) => body?.includes(found.body.nullifier))).toBe(true);
    expect(requests.filter(({ url }) => betrays(url, secrets))).toEqual([]);
    expect(requests.filter(({ body }) => betrays(body ?? '', [...secrets, ...words]))).toEqual([]);
    expect(strangers(visit.watch, pages.url)).toEqual([]);
    expect(complaints(visit)).toEqual([]);
  });

  test('why not, in words, for the holder alone; declined', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const asked = await ask({ preset: 'pension-claim', purpose: 'Pension claim' });
    const page = await visit.open(`/wallet/#/r/${asked.id}`);
    await recoverSample(page, 'pension-short', en);
    await page.getByRole('heading', { name: 'Your record does not fit this request' }).waitFor();
    await page
      .locator('.failing')
      .getByText(/missing/)
      .waitFor();
    await look(page, 'why-not-phone-en');
    expect((await outcome(asked)).state).toBe('open');
    await page.getByRole('button', { name: 'Do not answer, and tell them' }).click();
    await page
      .getByRole('heading', { name: 'They have been told that you do not answer' })
      .waitFor();
    await look(page, 'declined-phone-en');
    expect((await outcome(asked)).state).toBe('declined');
    await page.getByRole('button', { name: /changed my mind/ }).click();
    await page.getByRole('heading', { name: 'Your record does not fit this request' }).waitFor();
    expect(visit.watch.requests.some(({ url }) => url.includes('sha256='))).toBe(false);
    expect(complaints(visit)).toEqual([]);
  });

  test('one of several; stopped in the middle, and made after all', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const asked = await ask({
      preset: ['ten-years-total', 'rent-subsidy-12m', 'exam-last-3m'],
      mode: 'any',
      purpose: 'Subsidy 2026',
    });
    const page = await visit.open(`/wallet/#/open`);
    await recoverSample(page, ROLE, en);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('Please paste a link or type a code first.').waitFor();
    await look(page, 'open-phone-en');
    await page.getByLabel('Link or code').fill('https://elsewhere.example/r/x');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('For a request of another site').waitFor();
    await page.getByLabel('Link or code').fill(`${pages.url}/r/${asked.id}`);
    await page.getByRole('button', { name: 'Open', exact: true }).click();

    await page.getByText('One of these is enough').waitFor();
    await page.getByText('Your record does not fit').waitFor();
    await page.getByRole('radio').nth(1).check();
    await page.locator('.told--learn').getByText('Which one you chose.').waitFor();
    await look(page, 'choice-phone-en');
    const debug = await visit.context.newCDPSession(page);
    await debug.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const agree = async () => {
      await page.getByRole('button', { name: 'Read the warnings, then decide' }).click();
      await page.getByRole('button', { name: 'I understand: prove it all the same' }).click();
      await page.getByRole('progressbar').waitFor();
    };
    await agree();
    await look(page, 'proving-phone-en');
    await page.getByRole('button', { name: 'Stop, and do not prove' }).click();
    await page.getByText('One of these is enough').waitFor({ timeout: 1000 });
    expect((await outcome(asked)).state).toBe('open');
    await debug.send('Emulation.setCPUThrottlingRate', { rate: 1 });

    await page.getByRole('radio').nth(1).check();
    await agree();
    await page.getByText('Handed over: it holds').waitFor({ timeout: 90_000 });
    expect(await outcome(asked)).toMatchObject({
      verdict: { verified: true, answers: [{ index: 2 }] },
    });
    await look(page, 'accepted-phone-en');
  });

  test('a certificate of one’s own, and a request from a file without a network', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const page = await visit.open('/wallet/#/open/own');
    await recoverSample(page, ROLE, en);
    await page.getByLabel('What to prove').selectOption('loan-base-band');
    await page.getByRole('button', { name: /^Next/ }).click();
    await page.getByText('Please fill this in.').waitFor();
    await page.getByLabel('What to prove').selectOption('medical-in-city');
    await page.getByLabel('Code of the city').fill('350203');
    await page.getByLabel('What for').fill('Lease: flat 3');
    await page.getByRole('button', { name: /^Next/ }).click();
    await page.getByText('without a colon').waitFor();
    await look(page, 'own-phone-en');
    await page.getByLabel('What to prove').selectOption('flexible-worker');
    await page.getByLabel('Local average wage').fill('10,000');
    await page.getByLabel('For whom').fill('www.landlord.example/flats');
    await page.getByLabel('What for').fill('Lease of flat 3');
    await page.getByRole('button', { name: /^Next/ }).click();
    await page.getByText('www.landlord.example').first().waitFor();
    const path = new URL(page.url()).hash.slice(1);
    await page.getByRole('button', { name: 'Read the warnings, then decide' }).click();
    await page.getByRole('button', { name: 'I understand: prove it all the same' }).click();
    await page.getByText('The proof is made', { exact: true }).last().waitFor({ timeout: 90_000 });
    expect(path).toMatch(/^\/answer\/[\w-]{22}$/);
    await page.locator('.qr').first().waitFor();
    await look(page, 'made-phone-en');
    await page.getByRole('link', { name: /Print a certificate/ }).click();
    await page.locator('.sheet .qr').nth(1).waitFor();
    const paper = await print(page);
    expect(paper.pages).toBe(1);
    expect(paper.codes.length).toBeGreaterThan(1);
    const read = decodePresentationCodes(paper.codes, statementRegistry);
    expect(read).toMatchObject({ proofs: Array.from({ length: 3 }, (_, index) => ({ index })) });
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'answer-certificate-set-print');
    await page.emulateMedia({ media: null });
    await page.setViewportSize(SCREENS.phone);

    const sent = visit.watch.requests.filter(({ method }) => method === 'POST');
    // Login alone: nobody is told of a certificate of one's own.
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([
      '/v1/holder/challenges',
      '/v1/holder/sessions',
    ]);
    expect(complaints(visit)).toEqual([]);

    // All that proving takes is on the device by now.
    const { request } = await ask({ preset: 'exam-last-3m', purpose: 'Exam 2026' });
    await go(page, '/open');
    await page.getByText('Open a file').waitFor();
    await visit.context.setOffline(true);
    await page.getByLabel('Choose the request file').setInputFiles({
      ...{ name: 'request.json', mimeType: 'application/json' },
      buffer: Buffer.from(JSON.stringify(request)),
    });
    await page.getByText('nobody has checked that it is from them').waitFor();
    await look(page, 'file-phone-en');
    await page.getByRole('button', { name: 'Read the warnings, then decide' }).click();
    await page.getByRole('button', { name: 'I understand: prove it all the same' }).click();
    await page.getByText('The proof is made', { exact: true }).last().waitFor({ timeout: 90_000 });
  });

  test('a device that cannot prove is offered the service, and told what that costs', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const asked = await ask({ preset: 'rent-subsidy-6m', purpose: 'Rent 2026' });
    const page = await visit.open(`/wallet/#/r/${asked.id}`);
    await recoverSample(page, ROLE, en);
    await page.getByRole('button', { name: 'Read the warnings, then decide' }).click();
    // As a browser does that has no memory left for a worker.
    await page.evaluate(() => {
      globalThis.Worker = class extends EventTarget {
        constructor() {
          super();
          setTimeout(
            () => this.dispatchEvent(new ErrorEvent('error', { message: 'no memory' })),
            9,
          );
        }
        postMessage() {}
        terminate() {}
      } as unknown as typeof Worker;
    });
    await page.getByRole('button', { name: 'I understand: prove it all the same' }).click();
    await page.getByText('who asks you what, and when').waitFor();
    await look(page, 'failed-phone-en');
    expect(visit.watch.requests.some(({ url }) => url.includes('/v1/proofs'))).toBe(false);
    await page.getByRole('button', { name: 'I understand: let the service prove it' }).click();
    await page.getByText('Handed over: it holds').waitFor({ timeout: 90_000 });
    expect(await outcome(asked)).toMatchObject({ verdict: { verified: true } });
  });
});
