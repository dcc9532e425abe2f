import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildPagesIfOlder } from '../../../scripts/build-pages.ts';
import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { packageRoot } from '../../../src/keys/paths.ts';
import { chromiumProgram, launchChromium } from '../../support/browser/chromium.ts';
import { type Watch, watchPages } from '../../support/browser/watch.ts';
import { type RunningService, startService } from '../../support/running-service.ts';

/** Undefined where there is no browser and the tests may be skipped. */
export const chromium = chromiumProgram();

/** Kept by the pipeline, for people to look at. */
const screenshots = join(packageRoot, 'build', 'screenshots');

export const SCREENS = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const;
export type ScreenName = keyof typeof SCREENS;

export interface VisitOptions {
  /** What the browser says its reader likes; default `zh`. */
  readonly language?: Language;
  /** Default `phone`. */
  readonly screen?: ScreenName;
}

/** A browser of one person: nothing is shared with another's. */
export interface Visit extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly watch: Watch;
  /** Opens a page of the service and waits until its title is there. */
  open(path: string): Promise<Page>;
}

/** The built pages, served by a process of their own with the sample ledger. */
export interface PagesUnderTest extends AsyncDisposable {
  readonly service: RunningService;
  readonly url: string;
  readonly browser: Browser;
  visit(options?: VisitOptions): Promise<Visit>;
}

/** Builds what is older than its sources, serves it, and starts Chromium. */
export async function openPages(
  environment: Readonly<Record<string, string>> = {},
): Promise<PagesUnderTest> {
  await buildPagesIfOlder();
  const service = await startService({ environment });
  const browser = await launchChromium(chromium ?? '').catch(async (error) => {
    await service[Symbol.asyncDispose]();
    throw error;
  });
  return {
    ...{ service, browser, url: service.url },
    visit: (options) => newVisit(browser, service.url, options),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await service[Symbol.asyncDispose]();
    },
  };
}

export async function newVisit(
  browser: Browser,
  url: string,
  { language = 'zh', screen = 'phone' }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: SCREENS[screen],
    isMobile: screen === 'phone',
    hasTouch: screen === 'phone',
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
  });
  // A machine may be at work on other things.
  context.setDefaultTimeout(90_000);
  return {
    context,
    watch: watchPages(context),
    async open(path) {
      const page = await context.newPage();
      await page.goto(`${url}${path}`);
      await page.locator('h1').waitFor();
      return page;
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** The whole page as a picture: `build/screenshots/<name>.png`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

/** Requests of a visit that went anywhere but to the service. */
export function strangers({ requests, sockets }: Watch, url: string): string[] {
  const isOurs = (one: string) => one.startsWith(`${url}/`) || one.startsWith(`blob:${url}/`);
  return [...requests.map((request) => request.url), ...sockets].filter((one) => !isOurs(one));
}
