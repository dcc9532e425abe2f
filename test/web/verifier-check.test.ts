import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { create } from 'qrcode';
import { groth16 } from 'snarkjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeAnyPresentation } from '../../src/request/any-request.ts';
import type { PresentationJson } from '../../src/request/presentation.ts';
import { encodePresentationCodes } from '../../src/request/presentation-code.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { callingUrl } from '../support/call-service.ts';
import { endReference } from '../support/reference-proof.ts';
import { lookAt } from './support/look.ts';
import {
  chromium,
  openPages,
  type PagesUnderTest,
  screenshot,
  strangers,
} from './support/pages.ts';
import { sampleAnswers } from './support/sample-answers.ts';

const jsonFile = (name: string, value: unknown) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(value)),
});

describe.skipIf(chromium === undefined)('checking in the page', () => {
  let pages: PagesUnderTest;
  let proof: PresentationJson;
  /** Of another person, for another request. */
  let other: PresentationJson;
  let epochs: { epochs: { root: string }[] };
  beforeAll(async () => {
    pages = await openPages();
    const call = callingUrl(pages.url);
    await using people = sampleAnswers(pages.url);
    const ask = async (purpose: string) =>
      (await call('POST', '/v1/requests', { body: { preset: 'rent-subsidy-6m', purpose } })).body;
    const present = async (role: string, purpose: string) =>
      (await people.present(role, (await ask(purpose)).request)) as PresentationJson;
    proof = await present('steady-employee', '租房补贴 2026');
    other = await present('moved-cities', '另一件事');
    ({ body: epochs } = await call('GET', '/v1/epochs'));
  });
  afterAll(async () => {
    await endReference();
    await pages?.[Symbol.asyncDispose]();
  });

  const look = (page: Page, name: string) => lookAt(page, `verifier-${name}`);

  const verdict = (page: Page) => page.locator('.verdict');
  const give = (page: Page, presentation: unknown) =>
    page.getByLabel('选择证明文件').setInputFiles(jsonFile('proof.json', presentation));
  const againstCopy = async (page: Page, request: unknown) => {
    await page.getByText('我有要求的副本').click();
    await page.getByLabel('粘贴要求副本').fill(JSON.stringify(request));
    await page.getByRole('button', { name: '核验', exact: true }).click();
  };
  /** What the page asked its own service for, beside its files. */
  const askedOf = ({ requests }: { requests: readonly { url: string }[] }) =>
    requests
      .map(({ url }) => new URL(url).pathname)
      .filter((path) => path.startsWith('/v1/'))
      .map((path) => path.replace(/coverage@1/, ':statement'));

  /** A service that says whatever suits it. */
  async function lie(context: BrowserContext): Promise<void> {
    await context.route('**/v1/epochs*', (route) =>
      route.fulfill({ json: { format: 'canbao/epochs@1', epochs: [] } }),
    );
    await context.route('**/v1/presentations/**', (route) =>
      route.fulfill({ json: { verified: true, reason: 'valid', text: 'yes', notes: [] } }),
    );
  }

  test('by the chain, whatever the service says, and with no request that tells anything', async () => {
    await using visit = await pages.visit();
    await lie(visit.context);
    const page = await visit.open('/verifier/#/check');
    await look(page, 'check-source-phone-zh');
    await give(page, proof);
    await page.getByText('自称出具给').waitFor();
    await look(page, 'check-held-against-phone-zh');
    await againstCopy(page, proof.request);
    await verdict(page).getByText('成立', { exact: true }).waitFor();
    await page.getByText('这个结论依据什么').click();
    await page.getByText('公布于区块').first().waitFor();
    await look(page, 'check-holds-phone-zh');
    expect([...new Set(askedOf(visit.watch))].sort()).toEqual([
      '/v1/chain',
      '/v1/keys',
      '/v1/keys/:statement/verification_key.json',
      '/v1/network',
    ]);
    expect(strangers(visit.watch, pages.url)).toEqual([]);
    const sent = visit.watch.requests.map(({ body }) => body ?? '').join('');
    expect(sent).not.toContain(proof.nullifier);
    expect(visit.watch.said).toEqual([]);

    // The evidence is checked again from what is in it.
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '保存证据文件' }).click();
    const path = await (await saved).path();
    const evidence = JSON.parse(await readFile(path, 'utf8'));
    expect(evidence).toMatchObject({
      format: 'canbao/evidence@1',
      presentation: proof,
      request: proof.request,
      verdict: { valid: true, audienceChecked: true },
      epoch: { month: '2026-10', root: proof.epochRoot, block: expect.any(Number) },
    });
    expect(evidence.epoch.transaction).toMatch(/^0x[0-9a-f]{64}$/);
    // Stock snarkjs comes to the same verdict from the files for it.
    await page.getByText('给技术人员：snarkjs 文件').click();
    await page.getByRole('button', { name: '准备文件' }).click();
    const download = async (name: string) => {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: `保存 ${name}`, exact: true }).click();
      const file = await saving;
      expect(file.suggestedFilename()).toBe(name);
      return JSON.parse(await readFile(await file.path(), 'utf8'));
    };
    const key = await download('verification_key.json');
    const signals: string[] = await download('public.json');
    const theirs = await download('proof.json');
    await look(page, 'check-snarkjs-phone-zh');
    expect(await groth16.verify(key, signals, theirs)).toBe(true);
    const [first = '0', ...rest] = signals;
    expect(await groth16.verify(key, [`${BigInt(first) + 1n}`, ...rest], theirs)).toBe(false);

    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'verifier-evidence-print-zh');
  });

  test('false, of another request, expired: each is told in words', async () => {
    await using visit = await pages.visit();
    const page = await visit.open('/verifier/#/check');
    const told = async (presentation: unknown, request: unknown, words: string) => {
      await give(page, presentation);
      await againstCopy(page, request);
      await verdict(page).getByText(words).waitFor();
      await expect.poll(() => verdict(page).getByText('未通过', { exact: true }).count()).toBe(1);
    };
    await told({ ...proof, proof: other.proof }, proof.request, '拒绝：证明不成立');
    await look(page, 'check-false-phone-zh');
    await page.getByRole('button', { name: '再核验一份' }).click();
    await told(proof, other.request, '它回应的不是您的请求');
    await page.getByRole('button', { name: '再核验一份' }).click();
    // What is wrong, without the English that programs get.
    await told({ nothing: 1 }, proof.request, '拒绝：出示文件格式错误。');

    // Whom it is for: an audience, and nobody at all.
    await page.getByRole('button', { name: '再核验一份' }).click();
    await give(page, proof);
    await page.getByText('我知道应出具给谁').click();
    await page.getByRole('textbox', { name: '网址' }).fill('https://somebody-else.example');
    await page.getByRole('button', { name: '核验', exact: true }).click();
    await verdict(page).getByText('不是为您出具的').waitFor();
    await page.getByRole('button', { name: '再核验一份' }).click();
    await give(page, proof);
    await page.getByText('暂不核对').click();
    await page.getByRole('button', { name: '核验', exact: true }).click();
    await verdict(page).getByText('未核对该证明是为谁出具的').waitFor();

    await page.clock.setFixedTime(Date.now() + 30 * 86_400_000);
    await page.getByRole('button', { name: '再核验一份' }).click();
    await told(proof, proof.request, '请求已于');
  });

  test('a QR code in a picture; without a chain by a ledger file, which is said', async () => {
    await using visit = await pages.visit({ language: 'en', screen: 'desktop' });
    await visit.context.route('**/v1/chain', (route) => route.abort());
    const page = await visit.open('/verifier/#/check');
    await page.getByRole('tab', { name: 'Scan' }).click();
    const [code = ''] = encodePresentationCodes(
      decodeAnyPresentation(proof, statementRegistry),
      statementRegistry,
    );
    await page.locator('input[type=file][accept="image/*"]').setInputFiles({
      name: 'code.png',
      mimeType: 'image/png',
      buffer: await picture(page, code),
    });
    await page.getByText('Says it is made for').waitFor();
    await page.getByText('Do not check it now').click();
    const check = page.getByRole('button', { name: 'Check it', exact: true });
    await check.click();
    await page.getByText('use a ledger file').waitFor();
    await look(page, 'check-no-chain-desktop-en');
    await page.getByText('In a ledger file').click();
    await page.getByLabel('Choose the ledger file').setInputFiles(jsonFile('epochs.json', epochs));
    await page.getByText('The ledger file was read').waitFor();
    await check.click();
    await verdict(page).getByText('It holds', { exact: true }).waitFor();
    await page.getByText('What this rests on').click();
    await page.getByText('the chain was not asked').waitFor();
    await look(page, 'check-by-file-desktop-en');
    await page.getByRole('button', { name: 'Check another' }).click();

    // A ledger that does not have the root.
    const [first] = epochs.epochs;
    await page.getByRole('tab', { name: 'Paste' }).click();
    await page.getByLabel('Paste the proof').fill(code);
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByText('Do not check it now').click();
    const others = { ...epochs, epochs: [{ ...first, root: '12345' }] };
    await page.getByLabel('Choose the ledger file').setInputFiles(jsonFile('other.json', others));
    await page.getByText('The ledger file was read: 1').waitFor();
    await check.click();
    await verdict(page).getByText('never published').waitFor();
  });

  test('a link of the wallet, and a photo among the files', async () => {
    const [code = ''] = encodePresentationCodes(
      decodeAnyPresentation(proof, statementRegistry),
      statementRegistry,
    );
    await using visit = await pages.visit();
    const page = await visit.open(`/verifier/#/check?${new URLSearchParams({ proof: code })}`);
    await page.getByText('自称出具给').waitFor();
    await page.getByRole('button', { name: '换一份' }).click();
    await page.getByLabel('选择证明文件').setInputFiles({
      ...{ name: 'photo.png', mimeType: 'image/png', buffer: await picture(page, code) },
    });
    await page.getByText('自称出具给').waitFor();
  });

  test('the code of a printed certificate', async () => {
    const { body } = await callingUrl(pages.url)('POST', '/v1/certificates', {
      body: { presentation: proof },
    });
    await using visit = await pages.visit({ language: 'en' });
    const page = await visit.open('/verifier/#/check');
    await page.getByRole('tab', { name: 'Code', exact: true }).click();
    const typed = page.getByLabel('Code on the certificate');
    await typed.fill('AAAA-AAAA-AAAB');
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByText('not the code of a certificate').waitFor();
    await look(page, 'check-code-phone-en');
    await typed.fill(body.code.toLowerCase());
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByText('I know whom it must be for').click();
    await page.getByRole('textbox', { name: 'Address' }).fill(pages.url);
    await page.getByRole('button', { name: 'Check it', exact: true }).click();
    await verdict(page).getByText('It holds', { exact: true }).waitFor();
  });
});

/** A text as a picture of its QR code, drawn by the browser. */
async function picture(page: Page, text: string): Promise<Buffer> {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const bits = Array.from({ length: modules.size ** 2 }, (_, i) =>
    modules.get(Math.floor(i / modules.size), i % modules.size) ? 1 : 0,
  );
  const url = await page.evaluate(
    ({ size, bits }) => {
      const scale = 6;
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = (size + 8) * scale;
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#000';
      bits.forEach((bit, i) => {
        if (bit === 0) return;
        const [x, y] = [(i % size) + 4, Math.floor(i / size) + 4];
        context.fillRect(x * scale, y * scale, scale, scale);
      });
      return canvas.toDataURL('image/png');
    },
    { size: modules.size, bits },
  );
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}
