import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEnrolment } from '../../src/holder/enrolment.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { samplePeople } from '../../src/service/sample-ledger.ts';
import { goTo, lookAt } from './support/look.ts';
import { type BureauUnderTest, novemberExport, openBureauPages } from './support/operators.ts';
import { chromium, type ScreenName, strangers, type Visit } from './support/pages.ts';

const HOUR = 3600;

describe.skipIf(chromium === undefined)('the bureau’s page', () => {
  let bureau: BureauUnderTest;
  beforeAll(async () => {
    bureau = await openBureauPages();
  });
  afterAll(() => bureau?.[Symbol.asyncDispose]());

  const look = (page: Page, name: string) => lookAt(page, `bureau-${name}`);
  const go = async (page: Page, path: string, title: string | RegExp) => {
    await goTo(page, path);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  };
  const signIn = async (visit: Visit, roles: Parameters<BureauUnderTest['token']>[0]) =>
    visit.open(`/bureau/#token=${await bureau.token(roles)}`);

  test('nobody gets in without a token, and an old one is told', async () => {
    await using visit = await bureau.pages.visit();
    const page = await visit.open('/bureau/');
    await page.getByRole('heading', { name: '用令牌登录' }).waitFor();
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('请先粘贴令牌').waitFor();
    await look(page, 'sign-in-phone-zh');
    await page.getByLabel('令牌').fill('eyJ.nothing.good');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('令牌无效').waitFor();
    await page.getByLabel('令牌').fill(await bureau.token(['admin'], 9 * HOUR));
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('您的登录已到期').waitFor();
    await look(page, 'ended-phone-zh');
    // One that ends while somebody is at work: they come back to where they were.
    const short = await bureau.token(['admin'], 8 * HOUR - 45);
    await page.goto(`${bureau.pages.url}/bureau/#token=${short}`);
    await page.reload();
    await go(page, '/imports', '数据导入');
    await page.getByText('您的登录已到期').waitFor();
    await page.getByLabel('令牌').fill(await bureau.token(['admin']));
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '数据导入' }).waitFor();
    expect(strangers(visit.watch, bureau.pages.url)).toEqual([]);
  });

  test('who may look sees everything and changes nothing', async () => {
    await using visit = await bureau.pages.visit({ language: 'en', screen: 'desktop' });
    const page = await signIn(visit, ['auditor']);
    await page.getByRole('heading', { level: 1, name: 'What is to be done today?' }).waitFor();
    expect(page.url()).not.toContain('token');
    await look(page, 'home-auditor-desktop-en');
    await go(page, '/imports', 'Imports');
    await page.getByText('You may look').waitFor();
    expect(await page.getByRole('link', { name: 'Import a file' }).count()).toBe(0);
    await go(page, '/months', 'Months');
    await page.getByText('Next: November 2026').waitFor();
    expect(await page.getByRole('link', { name: 'Look at it and close it' }).count()).toBe(0);
    await go(page, '/enrolment', 'Enrolment');
    await page.getByText('It takes the role clerk').waitFor();
    await look(page, 'needs-role-desktop-en');
  });

  test('a month: trial, import, close, signatures, enrolment, audit', async () => {
    await using visit = await bureau.pages.visit({ screen: 'desktop' });
    const page = await signIn(visit, ['admin']);
    await page.getByRole('heading', { level: 1, name: '今天要办什么？' }).waitFor();
    await look(page, 'home-desktop-zh');
    await go(page, '/imports', '数据导入');
    await page.getByText('还没有导入过文件').waitFor();
    await look(page, 'imports-empty-desktop-zh');

    // Trial: nothing comes in, and what is wrong is said.
    await page.getByRole('link', { name: '导入新文件' }).click();
    await page.getByRole('heading', { level: 1, name: '导入文件' }).waitFor();
    await page.getByRole('button', { name: '上传' }).click();
    await page.getByText('请先选择格式').waitFor();
    await page.getByLabel('映射').selectOption('xiamen-contributions');
    const file = { name: '2026-11.csv', mimeType: 'text/csv', buffer: await novemberExport() };
    await page.locator('input[type=file]').setInputFiles(file);
    await look(page, 'new-import-desktop-zh');
    await page.getByRole('button', { name: '上传' }).click();
    await page.getByText('试算完成：有 6 行会被拒绝').waitFor();
    const refused = page.getByRole('table', { name: '被拒绝的行' });
    expect(await refused.getByRole('row').count()).toBe(7);
    await look(page, 'trial-desktop-zh');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载全部' }).click();
    expect((await download).suggestedFilename()).toMatch(/^refused-.*\.csv$/);

    // For good.
    await page.getByRole('button', { name: '正式导入这份文件' }).click();
    await page.getByText('导入完成：有 6 行被拒绝，其余已入账').waitFor({ timeout: 60_000 });
    await look(page, 'imported-desktop-zh');
    await page.getByRole('link', { name: '回到导入记录' }).click();
    const history = page.getByRole('table', { name: '导入记录' });
    await history.waitFor();
    expect(await history.getByRole('row').count()).toBe(3);
    await look(page, 'imports-desktop-zh');

    // Enrol somebody whose key the sample does not have yet.
    await go(page, '/enrolment', '密钥登记');
    const enrolment = createEnrolment(deriveHolderKeys(new Uint8Array(32).fill(77)));
    await page.getByLabel('或者粘贴登记码').fill('{"not":"one"}');
    await page.getByRole('button', { name: '读取' }).click();
    await page.getByText('没有成功').waitFor();
    await page.getByLabel('或者粘贴登记码').fill(JSON.stringify(enrolment));
    await page.getByRole('button', { name: '读取' }).click();
    await page.getByText('登记码有效').waitFor();
    await page.getByLabel('居民身份证号').fill('350205196305176998');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('号码不对').waitFor();
    await look(page, 'enrol-desktop-zh');
    const [person] = await samplePeople();
    await page.getByLabel('居民身份证号').fill(person?.idNumber ?? '');
    await page.getByLabel('我已核对证件原件').check();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('登记成功').waitFor();
    await look(page, 'enrolled-desktop-zh');

    // Close.
    await go(page, '/months', '月度结账');
    await page.getByText('下一个：2026年11月').waitFor();
    await page.getByRole('link', { name: '查看并结账' }).click();
    await page.getByRole('heading', { level: 1, name: '结账2026年11月' }).waitFor();
    await page.getByText('这个月会包含').waitFor();
    await page.getByRole('button', { name: '结账2026年11月' }).click();
    await page.getByText('请先勾选').waitFor();
    await look(page, 'close-desktop-zh');
    await page.getByLabel('我已核对以上内容').check();
    await page.getByRole('button', { name: '结账2026年11月' }).click();
    await page.getByText('2026年11月已结账并公布').waitFor({ timeout: 90_000 });
    await look(page, 'closed-desktop-zh');
    await page.getByRole('link', { name: '查看这个月' }).click();
    await page.getByText('共同签署').waitFor();
    expect(await page.getByText('已签署', { exact: true }).count()).toBeGreaterThanOrEqual(2);
    await look(page, 'month-desktop-zh');
    await go(page, '/months', '月度结账');
    await page.getByRole('heading', { name: '最近办理' }).waitFor();
    await look(page, 'months-desktop-zh');
    await page.getByRole('button', { name: '与链上核对' }).click();
    await page.getByText('核对完成：账本与链上一致').waitFor({ timeout: 60_000 });

    // Audit, and what the log has of all this.
    await go(page, '/audits', '账本审计');
    await look(page, 'audits-empty-desktop-zh');
    await page.getByRole('button', { name: '审计全部账本' }).click();
    await page.getByText('审计完成，未发现问题').waitFor({ timeout: 60_000 });
    expect(await page.getByRole('table', { name: '重新计算的月份' }).getByRole('row').count()).toBe(
      3,
    );
    await look(page, 'audit-desktop-zh');
    await go(page, '/log', '操作日志');
    await page.getByRole('rowheader').first().waitFor();
    for (const action of ['上传文件', '登记密钥', '要求结账', '审计结束']) {
      expect(await page.getByText(action).count()).toBeGreaterThan(0);
    }
    expect(await page.locator('main').textContent()).not.toContain(person?.idNumber);
    await look(page, 'log-desktop-zh');
    expect(strangers(visit.watch, bureau.pages.url)).toEqual([]);
    expect(visit.watch.requests.filter(({ url }) => url.includes('eyJ'))).toEqual([]);
  });

  test.each([
    ['zh', 'phone'],
    ['en', 'phone'],
    ['en', 'desktop'],
  ] as const)('every screen in %s on a %s', async (language, screen: ScreenName) => {
    await using visit = await bureau.pages.visit({ language, screen });
    const page = await signIn(visit, ['admin']);
    const title = { level: 1 } as const;
    for (const path of ['/', '/imports', '/imports/new', '/months', '/months/2026-10']) {
      await go(page, path, /./);
      await page.waitForLoadState('networkidle');
      await look(page, `${path.replaceAll('/', '-').slice(1) || 'home'}-${screen}-${language}`);
    }
    for (const path of ['/enrolment', '/audits', '/log', '/nowhere']) {
      await go(page, path, /./);
      await page.waitForLoadState('networkidle');
      await look(page, `${path.slice(1)}-${screen}-${language}`);
    }
    await go(page, '/imports', /./);
    await page.getByRole('rowheader').first().getByRole('link').click();
    await page.getByRole('heading', { ...title, name: '2026-11.csv' }).waitFor();
    await page.waitForLoadState('networkidle');
    await look(page, `upload-${screen}-${language}`);
    expect(visit.watch.said).toEqual([]);
  });
});
