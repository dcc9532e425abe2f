import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumProgram, launchChromium } from '../test/support/browser/chromium.ts';
import { buildPage } from '../test/support/browser/page-build.ts';
import { type SiteFile, serveSite } from '../test/support/browser/static-site.ts';
import type { PageEngine } from './page/proofs.ts';
import { type ProvingCase, provingCase } from './prove/proving-case.ts';

/**
 * `npm run bench -- page`: whole proofs in Chromium, under the wallet's policy, against snarkjs in the
 * same page, in turn; and the page's memory after a proof.
 */
export interface PageFigures {
  readonly statement: string;
  /** Medians, milliseconds. */
  readonly ms: Readonly<Record<PageEngine, number>>;
  readonly faster: { readonly withWorkers: number; readonly oneThread: number };
  /**
   * Of fresh pages after three proofs, as the browser counts: memory shared with workers once for
   * each of them.
   */
  readonly memoryMb: { readonly own: number; readonly ownOneThread: number };
}

const STATEMENT = 'coverage@1';
const ROUNDS = 10;
const ENGINES: readonly PageEngine[] = ['snarkjs', 'own', 'snarkjsOneThread', 'ownOneThread'];

export async function measurePage(): Promise<PageFigures> {
  const program = chromiumProgram();
  if (!program) throw new Error('the bench needs Chromium: set CHROMIUM_PATH');
  const subject = await provingCase(STATEMENT);
  const built = await buildPage(join(import.meta.dirname, 'page'));
  await using site = await serveSite(new Map([...built.files, ...(await filesOf(subject))]));
  const browser = await launchChromium(program);
  try {
    const open = async (): Promise<Page> => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(site.origin, { waitUntil: 'load' });
      return page;
    };
    const page = await open();
    const times = new Map(ENGINES.map((engine) => [engine, [] as number[]]));
    for (let round = -1; round < ROUNDS; round++) {
      for (const engine of ENGINES) {
        const ms = await page.evaluate((name) => proofs.prove(name), engine);
        if (round >= 0) times.get(engine)?.push(ms);
      }
    }
    await page.close();
    const memoryOf = async (engine: PageEngine) => {
      const fresh = await open();
      for (let i = 0; i < 3; i++) await fresh.evaluate((name) => proofs.prove(name), engine);
      const bytes = await fresh.evaluate(() => proofs.memory());
      await fresh.close();
      return (bytes ?? Number.NaN) / 2 ** 20;
    };
    const memoryMb = { own: await memoryOf('own'), ownOneThread: await memoryOf('ownOneThread') };
    const ms = Object.fromEntries(
      ENGINES.map((engine) => [engine, median(times.get(engine) ?? [])]),
    ) as Record<PageEngine, number>;
    return {
      statement: STATEMENT,
      ms,
      faster: {
        withWorkers: ms.snarkjs / ms.own,
        oneThread: ms.snarkjsOneThread / ms.ownOneThread,
      },
      memoryMb,
    };
  } finally {
    await browser.close();
  }
}

async function filesOf({ keys, signals }: ProvingCase): Promise<[string, SiteFile][]> {
  const { graph } = keys.artifacts;
  const { wasm, zkey } = await keys.snarkjsFiles();
  const binary = (body: Uint8Array): SiteFile => ({ type: 'application/octet-stream', body });
  const inputs = JSON.stringify(signals, (_key, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return [
    ['/circuit.wasm', { type: 'application/wasm', body: wasm }],
    ['/circuit.zkey', binary(zkey)],
    ...(graph ? [['/circuit.graph', binary(graph)] as [string, SiteFile]] : []),
    ['/inputs.json', { type: 'application/json', body: Buffer.from(inputs) }],
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

export async function run(args: readonly string[]): Promise<PageFigures> {
  const figures = await measurePage();
  if (!args.includes('--json')) {
    console.log(`${figures.statement} in Chromium, medians of ${ROUNDS}`);
    for (const engine of ENGINES) {
      console.log(`  ${engine.padEnd(18)} ${figures.ms[engine].toFixed(0)} ms`);
    }
    const { withWorkers, oneThread } = figures.faster;
    console.log(
      `  ${withWorkers.toFixed(1)} × snarkjs with workers, ${oneThread.toFixed(1)} × on one thread`,
    );
    const { own, ownOneThread } = figures.memoryMb;
    console.log(`  memory ${own.toFixed(0)} MB, on one thread ${ownOneThread.toFixed(0)} MB`);
  }
  return figures;
}
