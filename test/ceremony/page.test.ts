import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transcript } from '../../src/ceremony/transcript.ts';
import { readTranscript } from '../../src/ceremony/work/ceremony-folder.ts';
import { finishCeremony } from '../../src/ceremony/work/finish-ceremony.ts';
import type { KeyManifest } from '../../src/groth16/manifest.ts';
import { lookAt } from '../web/support/look.ts';
import {
  chromium,
  openPages,
  type PagesUnderTest,
  strangers,
  type Visit,
} from '../web/support/pages.ts';
import { publishedInName } from './forge.ts';
import { TinyCeremony, tinyCircuits } from './tiny-ceremony.ts';

describe.skipIf(chromium === undefined)('the page that checks a ceremony', () => {
  let pages: PagesUnderTest;
  let ceremony: TinyCeremony;
  let transcript: Transcript;
  let manifest: object;
  beforeAll(async () => {
    pages = await openPages();
    ceremony = await TinyCeremony.begin('参保密钥仪式（演练）');
    await ceremony.accept(await ceremony.contribute('张敏', new Uint8Array(32).fill(7)));
    await ceremony.joinedBy('Bo Lindqvist', '陈晓');
    await ceremony.accept(await ceremony.beacon());
    transcript = await readTranscript(ceremony.folder);
    const { statements } = await finishCeremony({
      ...{ folder: ceremony.folder, output: ceremony.at('keys') },
      circuits: async (statement) => ({
        ...(await tinyCircuits(statement)),
        ...{ graph: undefined, tools: { circom2: '0.2.23' } },
      }),
    });
    manifest = { format: 'canbao/keys@1', statements };
  }, 400_000);
  afterAll(async () => {
    await ceremony?.end();
    await pages?.[Symbol.asyncDispose]();
  });

  const words = {
    zh: { button: '选择文件', rehearsal: '记录前后一致，但所得只是开发密钥', same: '相同' },
    en: { button: 'Choose files', rehearsal: /its keys are development keys/, same: 'The same' },
  };

  /** The page, on a site whose keys are those of the ceremony. */
  async function open(visit: Visit, keys: object = manifest): Promise<Page> {
    await visit.context.route('**/v1/keys', (route) => route.fulfill({ json: keys }));
    return visit.open('/ledger/#/ceremony');
  }
  async function give(page: Page, json: unknown, zkeys: readonly string[] = []) {
    const text = typeof json === 'string' ? json : JSON.stringify(json);
    await page.locator('input[type=file]').setInputFiles([
      { name: 'ceremony.json', mimeType: 'application/json', buffer: Buffer.from(text) },
      ...(await Promise.all(
        zkeys.map(async (path) => ({
          ...{ name: 'circuit.zkey', mimeType: 'application/octet-stream' },
          buffer: await readFile(path),
        })),
      )),
    ]);
  }
  const look = (page: Page, name: string) => lookAt(page, `ceremony-${name}`);

  test.each([
    ['zh', 'phone'],
    ['zh', 'desktop'],
    ['en', 'phone'],
    ['en', 'desktop'],
  ] as const)('checks a transcript, in %s on a %s', async (language, screen) => {
    await using visit = await pages.visit({ language, screen });
    const page = await open(visit);
    const { button, rehearsal, same } = words[language];
    await page.getByRole('button', { name: button }).waitFor();
    await look(page, `empty-${screen}-${language}`);
    await give(page, transcript, [join(ceremony.folder, '0004', 'tiny@1.zkey')]);
    await page.getByText(rehearsal).waitFor();
    await page.getByText('Bo Lindqvist').waitFor();
    await page.getByText(same, { exact: true }).nth(1).waitFor();
    await look(page, `held-${screen}-${language}`);
    expect(strangers(visit.watch, pages.url)).toEqual([]);
    expect(visit.watch.said).toEqual([]);
  });

  test('says that contributions hold, and what it could not know', async () => {
    await using visit = await pages.visit({ language: 'en', screen: 'desktop' });
    const page = await open(visit);
    await give(page, await publishedInName(ceremony));
    await page.getByText('Every contribution holds').waitFor();
    await page.getByText('the first key is what the transcript says').waitFor();
    await page.getByText('Another', { exact: true }).nth(1).waitFor();
    await look(page, 'published-desktop-en');
  });

  test('refuses what was edited, and a key file of another ceremony', async () => {
    await using visit = await pages.visit();
    const page = await open(visit);
    const [first, ...rest] = transcript.contributions;
    await give(page, { ...transcript, contributions: [{ ...first, at: 1 }, ...rest] });
    await page.getByText('核对没有通过').waitFor();
    await page.getByText('第1份贡献的签名不符').waitFor();
    await look(page, 'refused-phone-zh');
    await give(page, transcript, [join(ceremony.folder, '0000', 'tiny@1.zkey')]);
    await page.getByText('tiny@1的密钥改动了此前已接受的贡献').waitFor();
    await give(page, 'not JSON');
    await page.getByText('ceremony.json不是有效的密钥仪式文件').waitFor();
  });

  test('a site that says more of its keys than is true is found out', async () => {
    await using visit = await pages.visit();
    const claimed = structuredClone(manifest) as KeyManifest;
    for (const entry of Object.values(claimed.statements)) {
      Object.assign(entry, { status: 'ceremony', contributions: 40 });
    }
    const page = await open(visit, claimed);
    await give(page, transcript);
    await page.getByText('本网站所说的参与数、密钥状态与记录不符').nth(1).waitFor();
    await look(page, 'claimed-phone-zh');
  });

  test('an address where no contract is gets told as such', async () => {
    await using visit = await pages.visit({ screen: 'desktop' });
    const page = await open(visit);
    await give(page, transcript);
    await page.getByText(words.zh.rehearsal).waitFor();
    await page.getByText('与链上合约比较').click();
    await page.getByLabel('合约地址').fill('0x12');
    await page.getByRole('button', { name: '比对' }).click();
    await page.getByText('地址应是 0x').waitFor();
    await page.getByLabel('合约地址').fill(`0x${'12'.repeat(20)}`);
    await page.getByRole('button', { name: '比对' }).click();
    await page.getByText('处没有所需的合约').waitFor();
    await look(page, 'contract-desktop-zh');
  });

  test('a site with other keys is told apart, and the ledger’s page leads here', async () => {
    await using visit = await pages.visit();
    const page = await visit.open('/ledger/');
    await page.getByRole('link', { name: '密钥是怎样生成的？自己核对' }).click();
    await page.getByRole('heading', { name: '核对密钥是怎样生成的' }).waitFor();
    await give(page, transcript);
    await page.getByText(words.zh.rehearsal).waitFor();
    await page.getByText('没有', { exact: true }).nth(1).waitFor();
  });
});
