import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/keys/paths.ts';
import type { BatchFigures } from './batch.ts';
import type { KeyCosts } from './keys.ts';
import type { PageFigures } from './page.ts';
import type { PoseidonRow } from './poseidon.ts';
import type { ProveFigures } from './prove.ts';
import type { VerifyFigures } from './verify.ts';
import type { WitnessCosts } from './witness.ts';

/** What each bench last measured when it was told to write. */
interface Kept {
  readonly prove: ProveFigures;
  readonly page: PageFigures;
  readonly verify: VerifyFigures;
  readonly batch: BatchFigures;
  readonly witness: readonly WitnessCosts[];
  readonly poseidon: { readonly hashes: readonly PoseidonRow[] };
  readonly keys: readonly KeyCosts[];
}

const folder = join(packageRoot, 'docs', 'bench');
const reportFile = join(packageRoot, 'docs', 'proof-engine.md');

/** Keeps figures, and writes the report of all that are kept. */
export async function keepAndReport(results: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, Node ${process.version}`;
  for (const [name, figures] of Object.entries(results)) {
    const text = `${JSON.stringify({ machine, figures }, null, 2)}\n`;
    await writeFile(join(folder, `${name}.json`), text);
  }
  await writeFile(reportFile, await report());
}

type Sections = { [Name in keyof Kept]: (figures: Kept[Name]) => readonly string[] };

const x = (ratio: number) => `${ratio.toFixed(1)} ×`;
const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
const mb = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

const sections: Sections = {
  prove: ({ statement, kernel, warm, warmFaster, cold, coldFaster, serverPeakMb, rapidsnark }) => [
    `Whole proofs of \`${statement}\`, from inputs on, kernel \`${kernel}\`; snarkjs is \`groth16.fullProve\`.`,
    '',
    ...table(
      ['warm', 'wall', 'CPU', 'faster, wall', 'faster, CPU'],
      Object.entries(warm).map(([name, { wallMs, cpuMs }]) => {
        const faster = warmFaster[name];
        return [
          name,
          ms(wallMs),
          ms(cpuMs),
          faster ? x(faster.fasterByWall) : '',
          faster ? x(faster.fasterByCpu) : '',
        ];
      }),
    ),
    '',
    ...table(
      ['a fresh process', 'wall', 'CPU', 'peak memory'],
      Object.entries(cold).map(([name, one]) => [
        name,
        ms(one.ms),
        ms(one.cpuMs),
        `${one.peakMb.toFixed(0)} MB`,
      ]),
    ),
    '',
    `From a fresh process ${x(coldFaster.byWall)} by the clock, ${x(coldFaster.byCpu)} by CPU. With tables, after three proofs, a process peaks at ${serverPeakMb.toFixed(0)} MB.`,
    rapidsnark
      ? `rapidsnark, as a program: ${ms(rapidsnark.wallMs)}.`
      : 'rapidsnark was not there.',
  ],
  page: ({ statement, ms: times, faster, memoryMb }) => [
    `Whole proofs of \`${statement}\` in Chromium, in one page, under the wallet's policy.`,
    '',
    ...table(
      ['', 'wall'],
      Object.entries(times).map(([name, value]) => [name, ms(value)]),
    ),
    '',
    `${x(faster.withWorkers)} snarkjs with workers, ${x(faster.oneThread)} on one thread. A fresh page takes ${memoryMb.own.toFixed(0)} MB after three proofs as the browser counts (memory shared with workers once for each), ${memoryMb.ownOneThread.toFixed(0)} MB on one thread.`,
  ],
  verify: ({ snarkjs, own, noble, fasterByWall, fasterByCpu }) => [
    'One proof with five public signals, warm; ours checks the subgroup of B, snarkjs does not.',
    '',
    ...table(
      ['', 'wall', 'CPU'],
      Object.entries({ snarkjs, own, noble }).map(([name, one]) => [
        name,
        ms(one.wallMs),
        ms(one.cpuMs),
      ]),
    ),
    '',
    `${x(fasterByWall)} by the clock, ${x(fasterByCpu)} by CPU.`,
  ],
  batch: ({ size, snarkjs, allGood, oneBad, fasterByWall, fasterByCpu, oneBadFasterByWall }) => [
    ...table(
      ['a proof', 'wall', 'CPU'],
      [
        ['snarkjs, one by one', ms(snarkjs.wallMs), ms(snarkjs.cpuMs)],
        [`own, ${size} that hold`, ms(allGood.wallMs), ms(allGood.cpuMs)],
        [`own, ${size} of which one does not`, ms(oneBad.wallMs), ms(oneBad.cpuMs)],
      ],
    ),
    '',
    `${x(fasterByWall)} by the clock, ${x(fasterByCpu)} by CPU; ${x(oneBadFasterByWall)} where a bad one is found.`,
  ],
  witness: (rows) =>
    table(
      ['statement', 'graph', 'gzipped', "circom's program", 'warm', 'first of a process'],
      rows.map((row) => [
        `\`${row.statement}\``,
        mb(row.graphBytes),
        mb(row.graphGzipBytes),
        mb(row.wasmBytes),
        `${ms(row.graphWarm)}, ${x(row.circomWarm / row.graphWarm)}`,
        `${ms(row.graphFirst)}, ${x(row.circomFirst / row.graphFirst)}`,
      ]),
    ),
  poseidon: ({ hashes }) =>
    table(
      ['inputs', 'kernel', 'CPU a hash', 'circomlibjs', 'poseidon-lite'],
      hashes.map((row) => [
        row.inputs,
        row.variant,
        `${row.cpuMicros.toFixed(1)} µs`,
        x(row.againstCircomlibjsCpu),
        x(row.againstPoseidonLiteCpu),
      ]),
    ),
  keys: (rows) =>
    table(
      ['statement', 'zkey', 'compact key', 'share', 'load into the engine'],
      rows.map((row) => [
        `\`${row.statement}\``,
        mb(row.zkeyBytes),
        mb(row.compactBytes),
        `${(100 * row.compactToZkey).toFixed(1)} %`,
        ms(row.load),
      ]),
    ),
};

const titles: Readonly<Record<keyof Kept, string>> = {
  prove: 'Proofs',
  page: 'Proofs in a page',
  verify: 'Verification',
  batch: 'Verification by the batch',
  witness: 'Witnesses',
  poseidon: 'Poseidon in batches',
  keys: 'Compact keys',
};

async function report(): Promise<string> {
  const kept = await readdir(folder);
  const parts: string[] = [];
  for (const name of Object.keys(titles) as (keyof Kept)[]) {
    if (!kept.includes(`${name}.json`)) continue;
    const { machine, figures } = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
    const lines = (sections[name] as (figures: unknown) => readonly string[])(figures);
    parts.push(`## ${titles[name]}\n\n${machine}\n\n${lines.join('\n')}\n`);
  }
  return `# The proof engine, measured

Written by \`npm run bench -- ${Object.keys(titles).join(' ')} --write\`; do not edit. Medians of interleaved
runs, each against its peer in the same run: quote the ratios, not the times.

${parts.join('\n')}`;
}
