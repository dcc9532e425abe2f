import type { BrowserContext, Page } from 'playwright-core';
import { callingUrl } from '../../test/support/call-service.ts';
import type { PagesUnderTest } from '../../test/web/support/pages.ts';
import { recoverSample, unlock, walletWords } from '../../test/web/support/wallet.ts';
import { answerTexts } from '../../web/src/wallet/answer/answer-texts.ts';
import { proofTexts } from '../../web/src/wallet/answer/proof-texts.ts';

/** Times in ms, of the machine alone: nobody reads or types in them. */
export interface OpenToProof {
  /** From the link to the first screen. */
  readonly open: number;
  /** The wallet made from its words, or unlocked, and the request read. */
  readonly ready: number;
  /** From consent to the verdict. */
  readonly prove: number;
  readonly total: number;
}

export interface VisitFigures {
  /** All that was sent until the first verdict, proving files among it. */
  readonly bytesToFirstProof: number;
  readonly cold: OpenToProof;
  readonly warm: OpenToProof;
  /** Of the page with its workers after a proof, as the browser counts. */
  readonly memoryMb: number;
}

const ROLE = 'steady-employee';
const LANGUAGE = 'zh';
const texts = answerTexts[LANGUAGE];
const MOST_MS = 300_000;

/** A phone that never saw the wallet: opens a request, recovers, proves; then the same once more. */
export async function measureVisit(pages: PagesUnderTest, slower: number): Promise<VisitFigures> {
  await using visit = await pages.visit({ language: LANGUAGE });
  const page = await visit.context.newPage();
  const devtools = await visit.context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const bytes = countBytes(visit.context);
  const words = walletWords[LANGUAGE];
  const cold = await openToProof(pages, page, () => recoverSample(page, ROLE, words));
  const bytesToFirstProof = await bytes();
  const warm = await openToProof(pages, page, () => unlock(page, words));
  const memory = await page.evaluate(async () => {
    const measured = performance as {
      measureUserAgentSpecificMemory?(): Promise<{ bytes: number }>;
    };
    return (await measured.measureUserAgentSpecificMemory?.())?.bytes ?? Number.NaN;
  });
  return { bytesToFirstProof, cold, warm, memoryMb: memory / 2 ** 20 };
}

async function openToProof(
  pages: PagesUnderTest,
  page: Page,
  enter: () => Promise<void>,
): Promise<OpenToProof> {
  const body = { preset: 'rent-subsidy-6m', purpose: `Visit ${Math.random()}` };
  const asked = await callingUrl(pages.url)('POST', '/v1/requests', { body });
  if (asked.status !== 201) throw new Error(`request: ${asked.status}`);
  await page.goto('about:blank');
  const begin = performance.now();
  await page.goto(`${pages.url}/wallet/#/r/${asked.body.id}`);
  await page.locator('h1').waitFor({ timeout: MOST_MS });
  const opened = performance.now();
  await enter();
  await page.getByRole('button', { name: texts.agreeRead }).waitFor({ timeout: MOST_MS });
  const ready = performance.now();
  await page.getByRole('button', { name: texts.agreeRead }).click();
  await page.getByRole('button', { name: texts.agreeAnyway }).click();
  await page.getByText(proofTexts[LANGUAGE].accepted).waitFor({ timeout: MOST_MS });
  const end = performance.now();
  return { open: opened - begin, ready: ready - opened, prove: end - ready, total: end - begin };
}

/**
 * Bytes as sent, of the page and its workers: all that is asked for until the call of what is returned;
 * not what the service worker keeps for later.
 */
function countBytes(context: BrowserContext): () => Promise<number> {
  const sizes: Promise<number>[] = [];
  context.on('requestfinished', (request) => {
    if (request.serviceWorker()) return;
    const sent = request.sizes();
    sizes.push(
      sent.then(
        ({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize,
        () => 0, // of a blob: nothing is sent
      ),
    );
  });
  return async () => (await Promise.all(sizes)).reduce((sum, one) => sum + one, 0);
}

/** Bytes of the first screen: HTML, scripts, styles. */
export async function measureFirstLoad(pages: PagesUnderTest): Promise<number> {
  await using visit = await pages.visit({ language: LANGUAGE });
  const bytes = countBytes(visit.context);
  const page = await visit.context.newPage();
  await page.goto(`${pages.url}/wallet/`, { waitUntil: 'load' });
  await page.locator('h1').waitFor();
  return bytes();
}
