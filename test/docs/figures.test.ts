import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks as faultChecks } from '../../scripts/faults/checks.ts';
import { checks } from '../../scripts/soundness/checks.ts';
import { circuitsHash, readFigures } from '../../scripts/soundness/figures.ts';
import { reportText } from '../../scripts/soundness/report.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import { STEP_ROWS } from '../../src/ledger/import/file-row.ts';
import { documents, readDocument } from './documents.ts';

/** What people wrote of figures that others counted. */
const told = ['README.md', 'docs/architecture.md', 'docs/audit.md', 'docs/operations.md']
  .map((path) => readDocument(path).text)
  .join('\n')
  .replace(/\s+/g, ' ');
const source = (path: string) => readFileSync(join(packageRoot, path), 'utf8');
const json = (path: string) => JSON.parse(source(path));
const faults = (check: string) => json(`docs/faults/${check}.json`).figures;
const bench = (name: string) => json(`docs/bench/${name}.json`).figures;

/** Whose figures were measured: by whom must be said at the top, and the commands test calls it. */
const MEASURED = /^\|.*\d ?(?:ms|s|µs|MB|kB|×) *\|/m;
const BY = /(?:Printed|Written|Generated) by `npm run [^`]+`/;

it.each(documents.filter(({ text }) => MEASURED.test(text)))(
  '$path has measurements, and says what prints them',
  ({ text }) => {
    expect(text.slice(0, 400).replaceAll('\n', ' ')).toMatch(BY);
  },
);

it('docs/soundness.md is what the figures kept of the present circuits say', async () => {
  const kept = await readFigures(checks.map(({ name }) => name));
  expect(readDocument('docs/soundness.md').text).toBe(await reportText(kept, await circuitsHash()));
});

it('docs/faults.md has the figures kept', () => {
  const { text } = readDocument('docs/faults.md');
  const sections = new Map(
    text.split(/^## /m).map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );
  for (const { name } of faultChecks) {
    const said = [...(sections.get(name) ?? '').matchAll(/^\| ([a-z ]+) \| (\d+) \|$/gm)];
    const counts = Object.values({ ...faults(name), failures: 0 });
    expect(said.map(([, , count]) => Number(count))).toEqual(counts);
  }
});

describe('README and pages say as much as was counted or measured', () => {
  const said = (pattern: RegExp) => {
    const [, ...figures] = pattern.exec(told) ?? [];
    expect(figures.length, `${pattern}`).toBeGreaterThan(0);
    return figures.map((text) => Number(text.replaceAll(',', '')));
  };

  it('of planted bugs', () => {
    const { length } = json('scripts/soundness/planted/bugs.json');
    expect(said(/(\d+) planted bugs/)).toEqual([length]);
  });

  it('of changes planted in a ledger', () => {
    expect(said(/a thousand changes, omissions and split views, of (\d+) kinds/)).toEqual([
      faults('planted').kinds,
    ]);
    expect(faults('planted')).toMatchObject({ rounds: 1000, detected: 1000 });
  });

  it('of requests of the fuzzer', () => {
    const [times = Number.NaN] = said(/([\d,]+) times/);
    expect(json('docs/faults/fuzz.json').requests).toBeGreaterThanOrEqual(times);
  });

  it('of rows a step, random circuits, lines of a bank', () => {
    expect(said(/step by step \(([\d,]+) rows\)/)).toEqual([STEP_ROWS]);
    const circuits = source('test/groth16/engine-long/random-circuits.test.ts');
    expect(circuits).toContain(`[...Array(${said(/on (\d+) random circuits/)}).keys()]`);
    expect(told).toContain('a bank in thirty lines');
    expect(source('examples/bank.ts').trim().split('\n').length).toBeLessThanOrEqual(30);
  });

  it('of memory with tables and without, to the ten', () => {
    const { serverPeakMb, cold } = bench('prove');
    const tens = [serverPeakMb, cold.own.peakMb].map((mb) => Math.round(mb / 10) * 10);
    expect(said(/(\d+) MB instead of (\d+) MB/)).toEqual(tens);
  });

  it('of compact keys', () => {
    const keys: { compactToZkey: number; compactBytes: number }[] = bench('keys');
    expect(told).toContain('a fifth of a zkey (2 to 3 MB a statement)');
    for (const { compactToZkey, compactBytes } of keys) {
      expect(compactToZkey).toBeCloseTo(0.2, 1);
      expect([2, 3]).toContain(Math.round(compactBytes / 1e6));
    }
  });

  it('of witness programs', () => {
    const programs: { graphBytes: number; wasmBytes: number }[] = bench('witness');
    expect(told).toContain('a file fifteen times smaller');
    for (const { graphBytes, wasmBytes } of programs) {
      expect(wasmBytes / graphBytes).toBeGreaterThan(15);
    }
  });
});
