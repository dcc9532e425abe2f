import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium, newVisit, openPages, type PagesUnderTest } from './support/pages.ts';

const WORKER = '/wallet/service-worker.js';

describe.skipIf(chromium === undefined)('a new version of the wallet', () => {
  let pages: PagesUnderTest;
  let proxy: Server;
  let url: string;
  let version = 1;
  beforeAll(async () => {
    pages = await openPages();
    // The pages as they are, but for a service worker that can become another.
    proxy = createServer(async ({ url: path = '/' }, response) => {
      const answer = await fetch(`${pages.url}${path}`);
      const headers = Object.fromEntries(answer.headers);
      for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) {
        delete headers[name];
      }
      const body = Buffer.from(await answer.arrayBuffer());
      response.writeHead(answer.status, headers);
      response.end(path === WORKER ? `${body}\n// ${version}` : body);
    }).listen(0);
    await once(proxy, 'listening');
    url = `http://localhost:${(proxy.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    proxy?.closeAllConnections();
    proxy?.close();
    await pages?.[Symbol.asyncDispose]();
  });

  test('is told of where nobody is in the middle of something, and taken when its reader likes', async () => {
    await using visit = await newVisit(pages.browser, url, { language: 'en' });
    const page = await visit.open('/wallet/');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    const notice = page.getByText('A new version is ready');
    await page.getByRole('link', { name: 'I am new here' }).click();
    await page.getByRole('list', { name: 'Recovery words' }).waitFor();

    version = 2;
    const isWaiting = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      const worker = registration.installing;
      await new Promise((resolve) => worker?.addEventListener('statechange', resolve));
      return registration.waiting !== null;
    });
    expect(isWaiting).toBe(true);
    expect(await notice.count()).toBe(0);
    await page.goBack();
    await notice.waitFor();
    await page.getByRole('button', { name: 'Update now' }).click();
    await notice.waitFor({ state: 'detached' });
    const state = () =>
      navigator.serviceWorker.ready.then(({ waiting, active }) => [waiting, active?.state]);
    await expect.poll(() => page.evaluate(state)).toEqual([null, 'activated']);
  });
});
