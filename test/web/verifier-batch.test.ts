import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeAnyPresentation } from '../../src/request/any-request.ts';
import type { PresentationJson } from '../../src/request/presentation.ts';
import { encodePresentationCodes } from '../../src/request/presentation-code.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { callingUrl } from '../support/call-service.ts';
import { axeFindings } from './support/axe.ts';
import { chromium, openPages, type PagesUnderTest, screenshot } from './support/pages.ts';
import { sampleAnswers } from './support/sample-answers.ts';

const ROLES = ['steady-employee', 'moved-cities', 'flexible-worker'];

describe.skipIf(chromium === undefined)('checking many', () => {
  let pages: PagesUnderTest;
  let request: object;
  let proofs: PresentationJson[];
  let elsewhere: PresentationJson;
  beforeAll(async () => {
    pages = await openPages();
    const call = callingUrl(pages.url);
    await using people = sampleAnswers(pages.url);
    const ask = async (purpose: string) =>
      (await call('POST', '/v1/requests', { body: { preset: 'rent-subsidy-6m', purpose } })).body
        .request;
    request = await ask('批量核验');
    proofs = [];
    for (const role of ROLES)
      proofs.push((await people.present(role, request)) as PresentationJson);
    elsewhere = (await people.present('steady-employee', await ask('别处'))) as PresentationJson;
  });
  afterAll(() => pages?.[Symbol.asyncDispose]());

  /** Thirty of a list: which are wrong, by name, and why. */
  function thirty(): { name: string; presentation?: unknown; code?: string }[] {
    const [first, second, third] = proofs as [PresentationJson, PresentationJson, PresentationJson];
    const [code = ''] = encodePresentationCodes(
      decodeAnyPresentation(third, statementRegistry),
      statementRegistry,
    );
    return Array.from({ length: 30 }, (_, i) => {
      const name = `员工${i + 1}`;
      if (i === 0) return { name, presentation: first };
      if (i === 1) return { name, presentation: second };
      if (i === 2) return { name, code };
      if (i === 7) return { name: '=伪造', presentation: { ...first, proof: second.proof } };
      if (i === 13) return { name: '别处的', presentation: elsewhere };
      if (i === 19) return { name: '不是证明', presentation: { hello: 1 } };
      if (i === 25) return { name: '坏编码', code: `${code.slice(0, -4)}AAAA` };
      return { name, presentation: proofs[i % 3] };
    });
  }

  async function run(page: Page, way: string): Promise<string[][]> {
    await page.goto(`${pages.url}/verifier/#/`);
    await page.goto(`${pages.url}/verifier/#/batch`);
    await page.getByLabel('选择文件').setInputFiles({
      name: '名单.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(thirty())),
    });
    await page.getByText('已放入 30 份，其中 1 份无法读取').waitFor();
    await page.getByText('我有要求的副本').click();
    await page.getByLabel('粘贴要求副本').fill(JSON.stringify(request));
    await page.getByText(way, { exact: true }).click();
    await screenshot(page, `verifier-batch-input-${way === '在本页核验' ? 'page' : 'service'}-zh`);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '核验 30 份' }).click();
    await page.getByRole('heading', { name: '核验结果' }).waitFor();
    return page
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText)),
      );
  }

  const saved = async (download: Promise<Download>) =>
    readFile(await (await download).path(), 'utf8');

  test('thirty in the page and by the service alike, the wrong ones by name', async () => {
    await using visit = await pages.visit({ screen: 'desktop' });
    const page = await visit.open('/verifier/');
    const inPage = await run(page, '在本页核验');
    const posted = visit.watch.requests.filter(({ url }) => url.includes('/v1/presentations'));
    expect(posted).toEqual([]);
    expect(inPage).toHaveLength(30);
    const bad = inPage.filter(([, told]) => !told?.startsWith('成立')).map(([name]) => name);
    expect(bad).toEqual(['=伪造', '别处的', '不是证明', '坏编码']);
    expect(inPage.filter(([, told]) => told?.includes('是同一人'))).toHaveLength(23);
    const sums = () => page.locator('.sums').innerText();
    expect((await sums()).split(/\s+/)).toEqual([
      '共',
      '30',
      '成立',
      '26',
      '未通过',
      '2',
      '无法读取',
      '2',
      '重复',
      '23',
      '不同的人',
      '3',
    ]);
    await screenshot(page, 'verifier-batch-desktop-zh');
    expect(await axeFindings(page)).toEqual([]);
    // What the page found itself is told in the reader's language.
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Refused: the proof is false.').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('只看未通过的').click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(4);

    const csv = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出表格（CSV）' }).click();
    const lines = (await saved(csv)).trim().split('\n');
    expect(lines).toHaveLength(31);
    // A spreadsheet would run what begins with `=`.
    expect(lines[8]?.startsWith("'=伪造")).toBe(true);
    const json = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出（JSON）' }).click();
    expect(JSON.parse(await saved(json)).verdicts).toHaveLength(30);

    expect(await run(page, '由服务核验')).toEqual(inPage);
    expect(visit.watch.said).toEqual([]);
  });

  test('a table of names and codes, on a phone', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const page = await visit.open('/verifier/#/batch');
    const codes = proofs.map(
      (one) =>
        encodePresentationCodes(
          decodeAnyPresentation(one, statementRegistry),
          statementRegistry,
        )[0],
    );
    const lines = [
      'name,code',
      ...codes.map((code, i) => `"Worker, ${i}",${code}`),
      'Nobody,hello',
    ];
    await page.getByLabel('Or paste them here').fill(lines.join('\n'));
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('4 added, 1 of them cannot be read.').waitFor();
    await page.getByText('Do not check it now').click();
    await page.getByRole('button', { name: 'Check 4' }).click();
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    expect(await page.locator('tbody th').allInnerTexts()).toEqual([
      ...['Worker, 0', 'Worker, 1', 'Worker, 2', 'Nobody'],
    ]);
    await screenshot(page, 'verifier-batch-phone-en');
    expect(await axeFindings(page)).toEqual([]);
  });
});
