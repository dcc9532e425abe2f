import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2 AA, and what axe holds for good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds on a page as it stands: a line each, the serious and the critical first. Given to the
 * page by the debugger, which its policy does not bind.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const result = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return result.violations.map(({ id, impact, help, nodes }) => ({
      impact: impact ?? 'minor',
      text: `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`,
    }));
  }, TAGS);
  const order = ['critical', 'serious', 'moderate', 'minor'];
  return violations
    .sort((a, b) => order.indexOf(a.impact) - order.indexOf(b.impact))
    .map(({ impact, text }) => `${impact}: ${text}`);
}
