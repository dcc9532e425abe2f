import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const DEFAULT_PATH = '/usr/bin/chromium';

/** Whether tests may be skipped for want of a browser: not where a pipeline relies on them. */
const isPipeline = process.env.CI === 'true' || process.env.CI === '1';

/**
 * Chromium's program: `CHROMIUM_PATH`, else Debian's. Undefined where there is none and the tests
 * may be skipped.
 * @throws Error where it was named but is not there, and in a pipeline without one
 */
export function chromiumProgram(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  const path = named ?? DEFAULT_PATH;
  if (existsSync(path)) return path;
  if (named) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
  if (!isPipeline) return undefined;
  throw new Error(
    `The browser tests need Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH; there is none at ${DEFAULT_PATH}`,
  );
}

/** Chromium without its sandbox, which root cannot have: it opens nothing but our own page. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox'] });
}
