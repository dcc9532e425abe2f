import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEnrolment } from '../../src/holder/enrolment.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { newMnemonic } from '../../src/holder/mnemonic.ts';
import { samplePeople } from '../../src/service/sample-ledger.ts';
import { enrolmentTexts } from '../../web/src/wallet/enrolment/texts.ts';
import { callingUrl } from '../support/call-service.ts';
import { freePort } from '../support/free-port.ts';
import { startService } from '../support/running-service.ts';
import { goTo, lookAt } from './support/look.ts';
import {
  type BureauUnderTest,
  importBeginning,
  importContributions,
  novemberExport,
  openBureauPages,
} from './support/operators.ts';
import { chromium, newVisit, type ScreenName, strangers, type Visit } from './support/pages.ts';
import { recover, walletWords } from './support/wallet.ts';

const HOUR = 3600;

describe.skipIf(chromium === undefined)('the bureau’s page', () => {
  let bureau: BureauUnderTest;
  let silent: string;
  beforeAll(async () => {
    // An authority that is asked to sign, and is not there.
    silent = `http://127.0.0.1:${await freePort()}`;
    bureau = await openBureauPages({ CANBAO_PEERS: silent });
  });
  afterAll(() => bureau?.[Symbol.asyncDispose]());

  const look = (page: Page, name: string) => lookAt(page, `bureau-${name}`);
  const go = async (page: Page, path: string, title: string | RegExp) => {
    await goTo(page, path);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  };
  /** A busy machine takes longer than a network is quiet. */
  const settled = async (page: Page) => {
    await page.waitForLoadState('networkidle');
    await expect.poll(() => page.locator('.spinner').count(), { timeout: 30_000 }).toBe(0);
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
    await refused.getByRole('row').nth(6).waitFor();
    await expect.poll(() => refused.getByRole('row').count()).toBe(7);
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
    await expect.poll(() => history.getByRole('row').count()).toBe(3);
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
    // Who did not sign is named, and why.
    const unsigned = page.locator('.notice', { hasText: '没有签署的原因' });
    await unsigned.getByText(`无法连接经办机构${silent}`, { exact: true }).waitFor();
    await look(page, 'closed-desktop-zh');
    await page.getByRole('link', { name: '查看这个月' }).click();
    await page.getByText('共同签署').waitFor();
    await expect
      .poll(() => page.getByText('已签署', { exact: true }).count())
      .toBeGreaterThanOrEqual(2);
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
    await expect
      .poll(() => page.getByRole('table', { name: '重新计算的月份' }).getByRole('row').count())
      .toBe(3);
    await look(page, 'audit-desktop-zh');
    await go(page, '/log', '操作日志');
    await page.getByRole('rowheader').first().waitFor();
    for (const action of ['上传文件', '登记密钥', '要求结账', '审计结束']) {
      await expect.poll(() => page.getByText(action).count()).toBeGreaterThan(0);
    }
    expect(await page.locator('main').textContent()).not.toContain(person?.idNumber);
    await look(page, 'log-desktop-zh');
    expect(strangers(visit.watch, bureau.pages.url)).toEqual([]);
    expect(visit.watch.requests.filter(({ url }) => url.includes('eyJ'))).toEqual([]);
  });

  test('a month that is corrected, once it was asked twice', async () => {
    await importContributions(
      bureau,
      '2026-11-corrected.csv',
      await novemberExport({ corrected: true }),
    );
    await using visit = await bureau.pages.visit();
    const page = await signIn(visit, ['closer']);
    await go(page, '/months/2026-11', '2026年11月');
    const root = await page.locator('.root-line code').textContent();
    const correct = page.getByRole('button', { name: '更正这个月' });
    await correct.click();
    const dialog = page.getByRole('dialog', { name: '更正2026年11月？' });
    await look(page, 'correct-phone-zh');
    await dialog.getByRole('button', { name: '取消' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await correct.click();
    await dialog.getByRole('button', { name: '确定更正' }).click();
    await page.getByRole('heading', { level: 1, name: '更正2026年11月' }).waitFor();
    await page.getByText('2026年11月已更正并公布').waitFor({ timeout: 90_000 });
    await page.getByRole('link', { name: '查看这个月' }).click();
    await page.getByRole('heading', { name: '第 1 次更正' }).waitFor();
    await page.getByRole('heading', { name: '首次结账' }).waitFor();
    const roots = await page.locator('.root-line code').allTextContents();
    expect(roots).toHaveLength(2);
    expect(roots[1]).toBe(root);
    expect(roots[0]).not.toBe(root);
    await look(page, 'corrected-phone-zh');
  });

  test('keys off a wallet’s screen and from its file; an employer’s; several at once', async () => {
    await using citizen = await bureau.pages.visit();
    const wallet = await citizen.open('/wallet/');
    await wallet.setViewportSize({ width: 360, height: 740 });
    await recover(wallet, newMnemonic('zh'), walletWords.zh);
    await goTo(wallet, '/enrolment');
    const code = wallet.getByRole('img', { name: enrolmentTexts.zh.qr });
    await code.waitFor();
    await lookAt(wallet, 'wallet-enrolment-360-zh');
    const saving = wallet.waitForEvent('download');
    await wallet.getByRole('button', { name: enrolmentTexts.zh.save }).click();
    const saved = await (await saving).path();

    await using visit = await bureau.pages.visit();
    const page = await signIn(visit, ['clerk']);
    await go(page, '/enrolment', '密钥登记');
    const fingerprint = () => page.locator('.notice code').textContent();
    await page.locator('input[accept="image/*"]').setInputFiles({
      ...{ name: 'code.png', mimeType: 'image/png', buffer: await code.screenshot() },
    });
    await page.getByText('登记码有效').waitFor();
    const read = await fingerprint();
    expect(read).toMatch(/^([0-9A-F]{4}-?){3}$/);
    await page.getByRole('button', { name: '换一个登记码' }).click();
    await page.getByLabel('选择登记文件').setInputFiles(saved);
    await page.getByText('登记码有效').waitFor();
    expect(await fingerprint()).toBe(read);

    const people = await samplePeople();
    const employer = people.find(({ role }) => role === 'steady-employee')?.employer ?? '';
    await page.getByRole('radio', { name: '用人单位' }).check();
    const creditCode = page.getByLabel('统一社会信用代码');
    await creditCode.fill(employer.replace(/.$/, employer.endsWith('0') ? '1' : '0'));
    await page.getByLabel('我已核对营业执照').check();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('代码不对').waitFor();
    await look(page, 'enrol-employer-phone-zh');
    await creditCode.fill(employer);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('登记成功').waitFor();
    await page.getByRole('button', { name: '登记下一位' }).click();

    await page.getByRole('tab', { name: '批量登记' }).click();
    const give = (entries: unknown) =>
      page.getByLabel('选择文件').setInputFiles({
        ...{ name: 'several.json', mimeType: 'application/json' },
        buffer: Buffer.from(JSON.stringify(entries)),
      });
    await give({ idNumber: people[1]?.idNumber });
    await page.getByText('这个文件不是批量登记文件').waitFor();
    const enrolment = (seed: number) =>
      createEnrolment(deriveHolderKeys(new Uint8Array(32).fill(seed)));
    await give([
      { idNumber: people[1]?.idNumber, enrolment: enrolment(81) },
      { creditCode: employer, enrolment: enrolment(82) },
      { idNumber: people[2]?.idNumber, enrolment: { ...enrolment(83), ax: enrolment(84).ax } },
    ]);
    await page.getByText('文件里有 3 项').waitFor();
    await page.getByRole('button', { name: '登记 3 项' }).click();
    await page.getByText('请先核对，再勾选').waitFor();
    await page.getByLabel('我已核对每一项的证件').check();
    await page.getByRole('button', { name: '登记 3 项' }).click();
    await page.getByText('成功 2 项，未成功 1 项').waitFor();
    const outcomes = page.getByRole('table', { name: '结果' });
    await expect.poll(() => outcomes.getByText('已登记', { exact: true }).count()).toBe(2);
    // What is wrong is told without the English of its reason.
    expect(await outcomes.getByRole('row').last().textContent()).toMatch(/无效(：[^a-z]+)?$/);
    expect(await page.locator('main').textContent()).not.toContain(people[1]?.idNumber);
    await look(page, 'enrolled-many-phone-zh');
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
      await settled(page);
      await look(page, `${path.replaceAll('/', '-').slice(1) || 'home'}-${screen}-${language}`);
    }
    for (const path of ['/enrolment', '/audits', '/log', '/nowhere']) {
      await go(page, path, /./);
      await settled(page);
      await look(page, `${path.slice(1)}-${screen}-${language}`);
    }
    await go(page, '/imports', /./);
    await page.getByRole('rowheader').first().getByRole('link').click();
    await page.getByRole('heading', { ...title, name: '2026-11-corrected.csv' }).waitFor();
    await settled(page);
    await look(page, `upload-${screen}-${language}`);
    expect(visit.watch.said).toEqual([]);
  });

  test('an import that was cut short is undone, once it was asked twice', async () => {
    const { home, pages } = bureau;
    await pages.service[Symbol.asyncDispose]();
    const december = (await novemberExport()).toString('latin1').replaceAll(',202611,', ',202610,');
    await importBeginning(home, 'half.csv', Buffer.from(december, 'latin1'));
    await using again = await startService({ home });
    await using visit = await newVisit(pages.browser, again.url);
    const token = await bureau.token(['importer', 'closer']);
    const page = await visit.open(`/bureau/#token=${token}`);
    await go(page, '/months/close', /结账/);
    await page.getByText('有一次导入没有完成').waitFor();
    await go(page, '/imports', '数据导入');
    await page.getByText('“half.csv”导入了 5 行后中断').waitFor();
    await look(page, 'unfinished-phone-zh');
    await page.getByRole('button', { name: '撤销这次导入' }).click();
    const dialog = page.getByRole('dialog', { name: '撤销没有完成的导入？' });
    await look(page, 'undo-phone-zh');
    await dialog.getByRole('button', { name: '取消' }).click();
    await page.getByRole('button', { name: '撤销这次导入' }).click();
    await dialog.getByRole('button', { name: '确定撤销' }).click();
    await page.getByText('“half.csv”的导入已撤销，账本恢复原样').waitFor();
    await look(page, 'undone-phone-zh');
    await page.reload();
    await page.getByRole('table', { name: '导入记录' }).waitFor();
    expect(await page.getByText('撤销这次导入').count()).toBe(0);
    const call = callingUrl(again.url);
    expect((await call('GET', '/v1/bureau/imports/unfinished', { token })).body).toEqual({
      unfinished: null,
    });
  });
});
