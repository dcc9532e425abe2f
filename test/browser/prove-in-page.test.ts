import type { Browser, BrowserContext, Page } from 'playwright-core';
import * as snarkjs from 'snarkjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import type { StatementKeys } from '../../src/keys/key-store.ts';
import {
  decodePresentation,
  exportSnarkjs,
  type PresentationJson,
} from '../../src/request/presentation.ts';
import { encodeRequest } from '../../src/request/presentation-request.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { verifyPresentation } from '../../src/verify/verify-presentation.ts';
import { chromiumProgram, launchChromium } from '../support/browser/chromium.ts';
import type { ProveOutcome, ProveTask } from '../support/browser/harness.ts';
import { buildPage, type PageBuild } from '../support/browser/page-build.ts';
import { publishedPaths } from '../support/browser/published-files.ts';
import {
  pageHolder,
  publishedFiles,
  requestFor,
  verifierPorts,
} from '../support/browser/sample-site.ts';
import { secretTexts } from '../support/browser/secrets.ts';
import { type SiteFile, type StaticSite, serveSite } from '../support/browser/static-site.ts';
import { tellingRequests } from '../support/browser/telling.ts';
import { type Watch, watchPages } from '../support/browser/watch.ts';
import { coverageKeys } from '../support/presentation.ts';
import { coverageStatement } from '../support/request.ts';

const chromium = chromiumProgram();
const { mnemonic, keys: holderKeys, bundle } = pageHolder;
const secrets = secretTexts(mnemonic, holderKeys, bundle);
const satisfied = requestFor(12n);

/** The sample holder’s task, with something else in it. */
const task = (change: Partial<ProveTask> = {}): ProveTask => ({
  mnemonic,
  bundle,
  request: encodeRequest(satisfied),
  ...change,
});

const seconds = ({ ms }: { readonly ms: number }) => `${(ms / 1000).toFixed(1)} s`;

describe.skipIf(chromium === undefined)('in Chromium', () => {
  let keys: StatementKeys;
  let built: PageBuild;
  let files: ReadonlyMap<string, SiteFile>;
  let site: StaticSite;
  let browser: Browser;
  let context: BrowserContext;
  let watch: Watch;
  /** The first one a page made. */
  let made: PresentationJson | undefined;

  beforeAll(async () => {
    keys = await coverageKeys();
    built = await buildPage();
    files = new Map([...built.files, ...publishedFiles(keys)]);
    site = await serveSite(files);
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    site.forget();
    context = await browser.newContext();
    watch = watchPages(context);
  });
  afterEach(() => context.close());

  const telling = () => tellingRequests(watch, site, files, secrets);
  /** No request but for the site's own files, no console line, nothing stored. */
  const expectSilence = async () => {
    expect(watch.requests.length).toBeGreaterThan(2);
    expect(telling()).toEqual([]);
    expect(watch.said).toEqual([]);
    expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] });
  };
  const openPage = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(site.origin, { waitUntil: 'load' });
    return page;
  };
  const prove = (page: Page, change?: Partial<ProveTask>): Promise<ProveOutcome> =>
    page.evaluate((given) => canbao.prove(given), task(change));
  const proven = async (page: Page, change?: Partial<ProveTask>) => {
    const outcome = await prove(page, change);
    if (outcome.kind !== 'proven') throw new Error(JSON.stringify(outcome));
    made ??= outcome.presentation;
    return outcome;
  };

  test('a wallet proves, with workers and without; Node and stock snarkjs agree', async ({
    annotate,
  }) => {
    const page = await openPage();
    const first = await proven(page);
    expect(watch.workers.length).toBeGreaterThan(0);
    const second = await proven(page);
    await page.evaluate(() => canbao.close());
    const started = watch.workers.length;
    const alone = await proven(page, { singleThread: true });
    expect(watch.workers.length).toBe(started);
    expect(first.progress.at(-1)).toEqual({ stage: 'proof', share: 1 });
    await expectSilence();

    const key = verificationKeyFromZkey(keys.artifacts.zkey);
    for (const { presentation } of [first, second, alone]) {
      const verdict = await verifyPresentation(presentation, verifierPorts(keys), {
        request: satisfied,
      });
      expect(verdict).toMatchObject({ valid: true, epochRoot: pageHolder.opening.epoch.root });
      const { proof, publicSignals } = exportSnarkjs(
        decodePresentation(presentation, statementRegistry),
        coverageStatement(),
      );
      expect(await snarkjs.groth16.verify(key, [...publicSignals], proof as never)).toBe(true);
    }
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
    await annotate(
      `proofs ${seconds(first)}, ${seconds(second)}, single-threaded ${seconds(alone)}; ` +
        `scripts ${kilobytes(built.scriptBytes)}, gzipped ${kilobytes(built.scriptGzipBytes)}`,
    );
  });

  test('a verifier’s page gives the verdict and never fetches the proving key', async ({
    annotate,
  }) => {
    const presentation = made ?? (await proven(await openPage())).presentation;
    site.forget();
    const page = await openPage();
    const asked = encodeRequest(satisfied);
    const verify = (input: unknown) =>
      page.evaluate(([given, request]) => canbao.verify(given, request), [input, asked] as const);
    const verdict = await verify(presentation);
    expect(verdict).toMatchObject({
      reason: 'valid',
      keyStatus: 'development',
      pairing: 'mcl',
      text: { zh: expect.stringContaining('截至2026年9月') },
    });
    expect(await verify({ ...presentation, nullifier: '1' })).toMatchObject({
      reason: 'invalid_proof',
    });
    expect(await verify({ format: 'x' })).toMatchObject({ reason: 'malformed' });
    expect(site.received.filter(({ path }) => /wasm$|zkey$/.test(path))).toEqual([]);
    await expectSilence();
    await annotate(`verdict ${seconds(verdict)}`);
  });

  test('a holder who does not qualify reads why', async () => {
    const page = await openPage();
    expect(await prove(page, { request: encodeRequest(requestFor(25n)) })).toEqual({
      kind: 'refused',
      reason: 'too-few-months',
      whyNot: {
        en: expect.stringMatching(/^24 of 25 months; 1 missing; earliest /),
        zh: expect.stringMatching(/^需要25个月，已有24个月，还差1个月/),
      },
    });
    const other = 'zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong';
    const failed = { kind: 'failed', code: 'holder.wrong_key' };
    expect(await prove(page, { mnemonic: other })).toEqual(failed);
    expect(watch.workers).toEqual([]);
    await expectSilence();
  });

  test('a proving key that is not the manifest’s is refused', async () => {
    const page = await openPage();
    const body = Buffer.from(keys.artifacts.zkey);
    body.writeUInt8(body.readUInt8(body.length - 1) ^ 1, body.length - 1);
    const path = publishedPaths.zkey(satisfied.statement);
    await page.route(`**${path}`, (route) => route.fulfill({ body }));
    expect(await prove(page)).toEqual({ kind: 'failed', code: 'key.hash_mismatch' });
  });

  test('the page is isolated, evaluates no text and reaches nobody else', async () => {
    const page = await openPage();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    // In a task of its own: what the debugger evaluates itself is exempt from the policy.
    const evaluated = page.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve));
      try {
        return new Function('return "it ran"')();
      } catch (error) {
        return String(error);
      }
    });
    expect(await evaluated).toContain('EvalError');
    const elsewhere = page.evaluate(() => fetch('https://example.org/').catch(String));
    expect(await elsewhere).toContain('Failed to fetch');
    expect(watch.said.join()).toContain('"connect-src \'self\'"');
    expect(watch.requests.some(({ url }) => url.includes('example.org'))).toBe(false);
  });

  test('a page that tells would be noticed', async () => {
    const page = await openPage();
    const nullifierKey = String(holderKeys.nullifierKey);
    expect(telling()).toEqual([]);
    await page.evaluate(async (key) => {
      await fetch(`/epochs.json?key=${key}`);
      await fetch('/epochs.json', { method: 'POST', body: key });
      await fetch('/epochs.json', { headers: { 'x-key': key } });
      const source = `fetch('${location.origin}/${key}').then(() => postMessage(0))`;
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      await new Promise((resolve) => {
        worker.onmessage = resolve;
      });
    }, nullifierKey);
    expect(telling()).toEqual([
      `browser: GET /epochs.json?key=${nullifierKey}`,
      'browser: POST /epochs.json',
      `browser: GET /${nullifierKey}`,
      `server: GET /epochs.json?key=${nullifierKey}`,
      'server: POST /epochs.json',
      'server: GET /epochs.json',
      `server: GET /${nullifierKey}`,
    ]);
  });
});
