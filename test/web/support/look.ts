import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFindings } from './axe.ts';
import { screenshot } from './pages.ts';

/** Goes to another screen of the same page. */
export function goTo(page: Page, path: string): Promise<void> {
  return page.evaluate((hash) => {
    location.hash = hash;
  }, path);
}

/**
 * A screen as it stands: left for people to look at, no wider than the window, nothing axe minds. A test
 * goes on to the next ones, and fails.
 */
export async function lookAt(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  const overflow = () =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect.soft(await page.evaluate(overflow), `${name}: wider than the window`).toBe(0);
  expect.soft(await axeFindings(page), name).toEqual([]);
}
