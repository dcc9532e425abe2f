import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HolderBundle } from '../../src/holder/bundle.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { sampleMnemonic, sampleSeed } from '../../src/service/sample-ledger.ts';
import { secretTexts } from '../support/browser/secrets.ts';
import { type Call, callingUrl, logIn } from '../support/call-service.ts';
import { openExtraPage } from './support/extra-page.ts';
import { chromium, openPages, type PagesUnderTest, strangers } from './support/pages.ts';

const ROLE = 'steady-employee';
/** A sample; the full run is `CANBAO_PAGE_PROOFS=100`. */
const PROOFS = Number(process.env.CANBAO_PAGE_PROOFS ?? 20);
const PRESETS = ['rent-subsidy-6m', 'loan-base-band', 'no-benefit'];

describe.skipIf(chromium === undefined)('proofs in the page', () => {
  let pages: PagesUnderTest;
  let call: Call;
  let bundle: HolderBundle;
  const keys = deriveHolderKeys(sampleSeed(ROLE));
  beforeAll(async () => {
    pages = await openPages();
    call = callingUrl(pages.url);
    ({ body: bundle } = await call('GET', '/v1/bundle', {
      token: await logIn(call, pages.url, keys),
    }));
  });
  afterAll(() => pages?.[Symbol.asyncDispose]());

  test(`${PROOFS} of them, and no request carries a private input`, async ({ annotate }) => {
    await using visit = await pages.visit();
    const page = await openExtraPage(visit.context, pages.url, 'prover-page');
    const seed = [...sampleSeed(ROLE)];
    const nullifiers = new Set<string>();
    for (let i = 0; i < PROOFS; i++) {
      const preset = PRESETS[i % PRESETS.length];
      const input = preset === 'loan-base-band' ? { minBaseFen: 100_000 } : {};
      const asked = await call('POST', '/v1/requests', {
        body: { preset, input, purpose: `Proof ${i}` },
      });
      expect(asked.status, JSON.stringify(asked.body)).toBe(201);
      const task = { seed, bundle, request: asked.body.request };
      const { presentation, code } = await page.evaluate((given) => provingPage.prove(given), task);
      expect(code).toBeUndefined();
      nullifiers.add(String((presentation as { nullifier?: unknown } | undefined)?.nullifier));
    }
    expect(nullifiers.size).toBe(PROOFS);

    const secrets = secretTexts(sampleMnemonic(ROLE), keys, bundle);
    const sent = visit.watch.requests.map(({ url, body }) => `${url} ${body ?? ''}`);
    const telling = sent.filter((text) => secrets.some((secret) => text.includes(secret)));
    expect(telling).toEqual([]);
    // Files of the site, by GET: nothing else was asked at all.
    expect(visit.watch.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(strangers(visit.watch, pages.url)).toEqual([]);
    expect(visit.watch.said).toEqual([]);
    await annotate(`${sent.length} requests for ${PROOFS} proofs`);
  }, 900_000);
});
