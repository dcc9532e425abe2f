import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './support/axe.ts';
import { CLIENT, type OidcIssuer, startOidcIssuer } from './support/oidc-issuer.ts';
import { chromium, openPages, type PagesUnderTest, screenshot } from './support/pages.ts';

describe.skipIf(chromium === undefined)('operators sign in at their issuer', () => {
  let issuer: OidcIssuer;
  let pages: PagesUnderTest;
  beforeAll(async () => {
    issuer = await startOidcIssuer(['importer', 'something-else']);
    pages = await openPages({ CANBAO_OIDC_ISSUER: issuer.issuer, CANBAO_OIDC_CLIENT: CLIENT });
  });
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await issuer?.[Symbol.asyncDispose]();
  });

  test('and come back to where they were, with no code in the address', async () => {
    await using visit = await pages.visit();
    const page = await visit.open('/bureau/#/imports');
    await page.getByRole('heading', { name: '用机构账号登录' }).waitFor();
    await screenshot(page, 'bureau-issuer-phone-zh');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '去登录' }).click();
    await page.getByRole('heading', { level: 1, name: '数据导入' }).waitFor();
    await page.getByText('li-at-the-issuer').waitFor();
    await page.getByText('导入员', { exact: true }).waitFor();
    expect(page.url()).toBe(`${pages.url}/bureau/#/imports`);
    // The session outlives a reload, and nothing else.
    await page.reload();
    await page.getByText('li-at-the-issuer').waitFor();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('button', { name: '去登录' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '去登录' }).waitFor();
  });

  test('who comes back with somebody else’s code, or with none, is not signed in', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const forged = await visit.open('/bureau/?code=abc&state=def');
    await forged
      .getByText('You are not signed in')
      .or(forged.getByText('The token is not good'))
      .first()
      .waitFor();
    expect(forged.url()).not.toContain('code=');
    issuer.refuse();
    const page = await visit.open('/bureau/');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The token is not good: access_denied').waitFor();
    expect(page.url()).not.toContain('error=');
  });

  test('a link with a token of the issuer signs nobody in: it may be anybody’s', async () => {
    await using visit = await pages.visit({ language: 'en' });
    const token = await issuer.token();
    const page = await visit.open(`/bureau/#token=${token}`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(page.url()).not.toContain('token');
    expect(await page.getByText('li-at-the-issuer').count()).toBe(0);
    // The token itself is a good one.
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${pages.url}/v1/bureau/session`, { headers });
    expect(await answer.json()).toMatchObject({ subject: 'li-at-the-issuer', roles: ['importer'] });
  });

  test('the policy lets the bureau’s page ask the issuer, and no other page', async () => {
    const policy = async (path: string) =>
      (await fetch(`${pages.url}${path}`)).headers.get('content-security-policy');
    expect(await policy('/bureau/')).toContain(`connect-src 'self' ${issuer.issuer};`);
    expect(await policy('/wallet/')).toContain("connect-src 'self';");
    const development = (await (await fetch(`${pages.url}/v1/bureau/sign-in`)).json()) as object;
    expect(development).toMatchObject({ issuer: issuer.issuer, development: false });
  });
});
